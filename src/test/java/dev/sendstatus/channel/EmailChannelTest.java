package dev.sendstatus.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sendstatus.channel.MailSettings.Security;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailChannelTest {
    @RegisterExtension
    static final GreenMailExtension MAIL = new GreenMailExtension(
                    new ServerSetup[] {patient(ServerSetup.SMTP), patient(ServerSetup.SMTPS)})
            .withConfiguration(GreenMailConfiguration.aConfig().withUser("sender", "hush-password"));

    private static ServerSetup patient(ServerSetup setup) {
        ServerSetup patient = setup.dynamicPort();
        patient.setServerStartupTimeout(20_000);
        return patient;
    }

    private static MailSettings settings(
            int port, Security security, @Nullable String user, @Nullable String password) {
        return new MailSettings("127.0.0.1", port, user, password, security, "Sendstatus <status@example.com>");
    }

    private static EmailChannel channel(int port) {
        return new EmailChannel(settings(port, Security.NONE, null, null), List.of("ops@example.com"));
    }

    private static Message hostile() {
        return Samples.messages().alerts("ntc_abc", List.of(Samples.hostile(7)), false);
    }

    private static List<Part> parts(Part part) throws Exception {
        if (!(part.getContent() instanceof Multipart several)) {
            return List.of(part);
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < several.getCount(); i++) {
            BodyPart one = several.getBodyPart(i);
            parts.addAll(parts(one));
        }
        return parts;
    }

    private static Part part(MimeMessage mail, String type) throws Exception {
        for (Part part : parts(mail)) {
            if (part.isMimeType(type)) {
                return part;
            }
        }
        throw new AssertionError("no " + type);
    }

    @Test
    void anAlertComesAsTextAndHtmlWithItsOwnId() throws Exception {
        MailSettings settings = settings(MAIL.getSmtp().getPort(), Security.NONE, "sender", "hush-password");
        try (EmailChannel channel =
                new EmailChannel(settings, List.of("ops@example.com", "Night Shift <night@example.com>"))) {
            assertThat(channel.send(hostile())).isInstanceOf(ChannelAnswer.Taken.class);
        }
        assertThat(MAIL.getReceivedMessages()).hasSize(2);
        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(mail.getMessageID()).isEqualTo("<ntc_abc@example.com>");
        assertThat(mail.getFrom()[0]).hasToString("Sendstatus <status@example.com>");
        assertThat(mail.getHeader("To", ",")).contains("ops@example.com", "night@example.com");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getSubject())
                .startsWith("[Sendstatus] Critical: spam filter, twilio/main campaign=")
                .doesNotContain("\n", "\r");
        String text = part(mail, "text/plain").getContent().toString();
        assertThat(text)
                .contains("How much: 18.2 % of 1,200 (usually 1.1 %)")
                .contains("Mostly: from=…0143; carrier ")
                .contains("https://status.example.com/ui/alerts/7")
                .doesNotContain("2025550143", "https://evil");
        var html = Jsoup.parse(part(mail, "text/html").getContent().toString());
        assertThat(html.select("a"))
                .singleElement()
                .satisfies(link -> assertThat(link.attr("href")).isEqualTo("https://status.example.com/ui/alerts/7"));
        assertThat(html.select("script, img, svg, link, form, style")).isEmpty();
        assertThat(html.text()).contains("…0143", "<script>").doesNotContain("2025550143");
    }

    @Test
    void noHeaderCanBeSmuggledIn() throws Exception {
        try (EmailChannel channel = channel(MAIL.getSmtp().getPort())) {
            channel.send(hostile());
        }
        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).singleElement().hasToString("ops@example.com");
    }

    @Test
    void aReportBringsItsOwnLetterAndItsCsv() throws Exception {
        byte[] csv = "provider,id\r\ntwilio,SM1\r\n".getBytes(StandardCharsets.UTF_8);
        Message report = new Message(
                "ntc_r",
                Samples.AT,
                "[Sendstatus] Stuck messages of 2026-11-30: 37 (+5)",
                List.of(),
                "report.stuck",
                JsonNodeFactory.instance.objectNode(),
                new Message.Mail("<p>own</p>", "own text", "stuck-2026-11-30.csv", csv));
        try (EmailChannel channel = channel(MAIL.getSmtp().getPort())) {
            assertThat(channel.send(report)).isInstanceOf(ChannelAnswer.Taken.class);
        }
        MimeMessage mail = MAIL.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[Sendstatus] Stuck messages of 2026-11-30: 37 (+5)");
        assertThat(part(mail, "text/plain").getContent().toString()).contains("own text");
        assertThat(part(mail, "text/html").getContent().toString()).contains("<p>own</p>");
        Part attached = part(mail, "text/csv");
        assertThat(attached.getFileName()).isEqualTo("stuck-2026-11-30.csv");
        assertThat(attached.getInputStream().readAllBytes()).isEqualTo(csv);
    }

    @Test
    void aServerWithoutStartTlsGetsNothingInTheClear() throws Exception {
        try (SmtpScript server = new SmtpScript(Map.of("EHLO", "250-script\r\n250 AUTH PLAIN LOGIN"));
                EmailChannel channel = new EmailChannel(
                        settings(server.port(), Security.STARTTLS, "sender", "hush-password"),
                        List.of("ops@example.com"))) {
            assertThat(channel.send(hostile())).isInstanceOfSatisfying(ChannelAnswer.NotTaken.class, failed -> {
                assertThat(failed.forGood()).isTrue();
                assertThat(failed.answer())
                        .contains("STARTTLS", "mail.security")
                        .doesNotContain("hush");
            });
            assertThat(server.lines)
                    .isNotEmpty()
                    .allSatisfy(line ->
                            assertThat(line.toUpperCase(java.util.Locale.ROOT)).matches("(EHLO|HELO|QUIT|STARTTLS).*"));
        }
    }

    @Test
    void aServerThatRefusesStartTlsGetsNothingInTheClear() throws Exception {
        try (SmtpScript server = new SmtpScript(
                        Map.of("EHLO", "250-script\r\n250 STARTTLS", "STARTTLS", "454 TLS not available"));
                EmailChannel channel = new EmailChannel(
                        settings(server.port(), Security.STARTTLS, "sender", "hush-password"),
                        List.of("ops@example.com"))) {
            assertThat(channel.send(hostile())).isInstanceOf(ChannelAnswer.NotTaken.class);
            assertThat(String.join("\n", server.lines)).doesNotContain("MAIL", "AUTH", "campaign");
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotAccepted() {
        MailSettings settings = settings(MAIL.getSmtps().getPort(), Security.TLS, null, null);
        try (EmailChannel channel = new EmailChannel(settings, List.of("ops@example.com"))) {
            assertThat(channel.send(hostile()))
                    .isInstanceOfSatisfying(
                            ChannelAnswer.NotTaken.class,
                            failed -> assertThat(failed.answer()).contains("certificate", "docs/channels.md"));
        }
        assertThat(MAIL.getReceivedMessages()).isEmpty();
    }

    @Test
    void anUnencryptedConnectionIsNotUpgradedWithoutALookAtTheCertificate() throws Exception {
        try (SmtpScript server = new SmtpScript(Map.of("EHLO", "250-script\r\n250 STARTTLS"));
                EmailChannel channel = channel(server.port())) {
            assertThat(channel.send(hostile())).isInstanceOf(ChannelAnswer.Taken.class);
            assertThat(server.lines).doesNotContain("STARTTLS");
        }
    }

    @Test
    void aWrongPasswordIsForGood() throws Exception {
        try (SmtpScript server = new SmtpScript(Map.of(
                        "EHLO", "250-script\r\n250 AUTH LOGIN PLAIN", "AUTH", "535 5.7.8 hush-password is wrong"));
                EmailChannel channel = new EmailChannel(
                        settings(server.port(), Security.NONE, "sender", "hush-password"),
                        List.of("ops@example.com"))) {
            assertThat(channel.send(hostile())).isInstanceOfSatisfying(ChannelAnswer.NotTaken.class, failed -> {
                assertThat(failed.forGood()).isTrue();
                assertThat(failed.answer()).contains("mail.password").doesNotContain("hush");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 no such user, true, 550",
        "RCPT, 451 try later, false, 451",
        "MAIL, 553 not yours, true, 553",
        "MAIL, 421 too busy, false, 421",
        "., 554 looks like spam, true, 554",
        "., 452 disk full, false, 452"
    })
    void aRefusalIsForGoodOrPassingAsItsCodeSays(String command, String answer, boolean forGood, String code)
            throws Exception {
        try (SmtpScript server = new SmtpScript(Map.of(command, answer));
                EmailChannel channel = channel(server.port())) {
            assertThat(channel.send(hostile())).isInstanceOfSatisfying(ChannelAnswer.NotTaken.class, failed -> {
                assertThat(failed.forGood()).isEqualTo(forGood);
                assertThat(failed.answer()).contains(code);
            });
        }
    }

    @Test
    void oneAddressThatIsRefusedDoesNotKeepTheLetterFromTheOthers() throws Exception {
        try (SmtpScript server = new SmtpScript(Map.of("RCPT TO:<gone@example.com>", "550 no such user"));
                EmailChannel channel = new EmailChannel(
                        settings(server.port(), Security.NONE, null, null),
                        List.of("ops@example.com", "gone@example.com"))) {
            assertThat(channel.send(hostile()))
                    .isInstanceOfSatisfying(
                            ChannelAnswer.Taken.class,
                            taken -> assertThat(taken.answer()).contains("not for each"));
            assertThat(server.lines).contains("DATA");
        }
    }

    @Test
    void aServerThatIsNotThereIsAPassingFailure() throws Exception {
        SmtpScript server = new SmtpScript(Map.of());
        server.close();
        try (EmailChannel channel = channel(server.port())) {
            assertThat(channel.send(hostile())).isInstanceOfSatisfying(ChannelAnswer.NotTaken.class, failed -> {
                assertThat(failed.forGood()).isFalse();
                assertThat(failed.answer()).contains("takes no connection");
            });
        }
    }

    @Test
    void aStopEndsWhatIsUnderWay() throws Exception {
        try (SmtpScript server = new SmtpScript(Map.of("EHLO", ""))) {
            EmailChannel channel = channel(server.port());
            CompletableFuture<ChannelAnswer> sending = CompletableFuture.supplyAsync(() -> channel.send(hostile()));
            await().until(() -> !server.lines.isEmpty());
            channel.close();
            assertThat(sending.get(5, TimeUnit.SECONDS).answer()).contains("the program stops");
        }
    }

    @Test
    void aServerThatHangsIsLeftAfterTheLimit() throws Exception {
        try (SmtpScript server = new SmtpScript(Map.of("", ""));
                EmailChannel channel = new EmailChannel(
                        settings(server.port(), Security.NONE, null, null),
                        List.of("ops@example.com"),
                        Duration.ofMillis(300))) {
            long began = System.nanoTime();
            assertThat(channel.send(hostile()))
                    .isInstanceOfSatisfying(
                            ChannelAnswer.NotTaken.class,
                            failed -> assertThat(failed.forGood()).isFalse());
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
