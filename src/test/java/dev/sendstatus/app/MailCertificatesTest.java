package dev.sendstatus.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.channel.SmtpScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail over a server whose certificate is from a private authority, which the program is told of as {@code docs/channels.md} says. */
class MailCertificatesTest {
    private static final Map<String, String> ANSWERS = Map.of(
            "EHLO", "250-script\r\n250-AUTH PLAIN\r\n250 STARTTLS", "STARTTLS", "220 go on", "AUTH", "235 welcome");
    private static final String PASSWORD = "hush-password";

    private final HeldCertificate authority =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void theMailComesEncryptedAndNothingOfItWasSentInTheClear(String security) throws Exception {
        try (SmtpScript server = server("localhost", security)) {
            Sent sent = send(server, security, documented());
            assertThat(sent.output).contains("Taken: the mail server took it for ops@example.com");
            assertThat(sent.code).isZero();
            nothingInTheClear(server);
            assertThat(server.encrypted)
                    .contains("MAIL FROM:<status@example.com>", "RCPT TO:<ops@example.com>", "DATA", ".")
                    .anyMatch(line -> line.startsWith("AUTH PLAIN "))
                    .contains("Subject: [Sendstatus] Test of the channel email");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void aCertificateOfAnotherServersNameIsRefused(String security) throws Exception {
        try (SmtpScript server = server("mail.example.com", security)) {
            refused(server, send(server, security, documented()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void aPrivateAuthorityThatNobodyAddedIsRefused(String security) throws Exception {
        try (SmtpScript server = server("localhost", security)) {
            refused(server, send(server, security, ""));
        }
    }

    private static void refused(SmtpScript server, Sent sent) {
        assertThat(sent.output).contains("Not taken: ", "certificate", "docs/channels.md");
        assertThat(sent.code).isEqualTo(1);
        nothingInTheClear(server);
        assertThat(server.encrypted).isEmpty();
    }

    private static void nothingInTheClear(SmtpScript server) {
        assertThat(server.lines).allSatisfy(line -> assertThat(line).matches("EHLO .*|STARTTLS"));
    }

    /** @param name that stands in its certificate */
    private SmtpScript server(String name, String security) throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName(name)
                .signedBy(authority)
                .build();
        return new SmtpScript(
                ANSWERS,
                new HandshakeCertificates.Builder()
                        .heldCertificate(certificate)
                        .build()
                        .sslContext()
                        .getSocketFactory(),
                security.equals("tls"));
    }

    private record Sent(int code, String output) {}

    /** @param options for Java, as SENDSTATUS_JAVA_OPTIONS hands them on */
    private Sent send(SmtpScript server, String security, String options) throws Exception {
        Map<String, String> variables = Map.of(
                "JAVA_TOOL_OPTIONS",
                options,
                "SENDSTATUS_MAIL_HOST",
                "localhost",
                "SENDSTATUS_MAIL_PORT",
                Integer.toString(server.port()),
                "SENDSTATUS_MAIL_SECURITY",
                security,
                "SENDSTATUS_MAIL_USER",
                "sender",
                "SENDSTATUS_MAIL_PASSWORD",
                PASSWORD,
                "SENDSTATUS_MAIL_FROM",
                "status@example.com",
                "SENDSTATUS_MAIL_TO",
                "ops@example.com");
        Process process = ServerProcess.command(folder, variables, "alerts", "test", "email")
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(output).doesNotContain(PASSWORD);
        return new Sent(process.waitFor(), output);
    }

    /** Does what the document's lines say, in another folder. @return the options that they set */
    private String documented() throws Exception {
        Files.writeString(folder.resolve("company-ca.pem"), authority.certificatePem());
        List<String> lines = Files.readAllLines(Path.of("docs/channels.md")).stream()
                .map(String::strip)
                .filter(line -> line.contains("cacerts"))
                .map(line -> line.replace("/etc/sendstatus/", folder + "/"))
                .toList();
        assertThat(lines).hasSize(3);
        ProcessBuilder shell = new ProcessBuilder(
                        "bash", "-euc", String.join("\n", lines) + "\nprintf '\\n%s' \"$SENDSTATUS_JAVA_OPTIONS\"")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        Path java = Path.of(System.getProperty("java.home"));
        shell.environment().put("JAVA_HOME", java.toString());
        shell.environment().merge("PATH", java.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.substring(output.lastIndexOf('\n') + 1);
    }
}
