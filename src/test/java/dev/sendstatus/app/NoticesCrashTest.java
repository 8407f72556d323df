package dev.sendstatus.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import dev.sendstatus.channel.SmtpScript;
import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Notice;
import dev.sendstatus.store.PendingAlert;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts that fired, when the process that tells them is killed. */
class NoticesCrashTest {
    private static final int KILLS = Integer.getInteger("sendstatus.crash.rounds", 3);
    /** Two of them share a mail. */
    private static final int ALERTS = 10 * (KILLS + 1);

    private static final int MAILS = ALERTS / 2;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern LINK = Pattern.compile("/ui/alerts/([0-9]+)");

    private final String secret = SigningSecret.make();
    private final Pager pager = new Pager();
    private final Map<String, String> mailAnswers = new ConcurrentHashMap<>();

    @TempDir
    private Path folder;

    /** A program that verifies what it is sent, and from a number of pushes on gives no answer. */
    private final class Pager extends Dispatcher {
        /** The alert and the id of each push. */
        final ConcurrentLinkedQueue<Map.Entry<Long, String>> pushes = new ConcurrentLinkedQueue<>();

        final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        volatile int answered = Integer.MAX_VALUE;

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            try {
                String body = Objects.requireNonNull(request.getBody()).utf8();
                new Webhook(secret).verify(body, request.getHeaders().toMultimap());
                long alert =
                        new JsonMapper().readTree(body).path("data").path("id").asLong();
                pushes.add(Map.entry(
                        alert, Objects.requireNonNull(request.getHeaders().get("webhook-id"))));
            } catch (Exception e) {
                wrong.add(e.toString());
            }
            return pushes.size() > answered
                    ? new MockResponse.Builder()
                            .onResponseStart(SocketEffect.Stall.INSTANCE)
                            .build()
                    : new MockResponse.Builder().code(204).build();
        }

        /** Takes so many more. */
        void answers(int more) {
            answered = pushes.size() + more;
        }

        boolean waits() {
            return pushes.size() > answered;
        }
    }

    @Test
    void eachAlertIsToldAndOnlyWhatWasUnderWayIsRepeatedUnderTheSameId() throws Exception {
        try (MockWebServer receiver = new MockWebServer();
                SmtpScript mail = new SmtpScript(mailAnswers)) {
            receiver.setDispatcher(pager);
            receiver.start();
            configure(receiver.url("/pager").toString(), mail.port());
            fire();
            int unanswered = 0;
            int unansweredMails = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                pager.answers(7);
                mailAnswers.put(".", "");
                int mails = mails(mail).size();
                try (ServerProcess server = server()) {
                    await("a push that waits").atMost(PATIENCE).until(pager::waits);
                    await("a mail that waits")
                            .atMost(PATIENCE)
                            .until(() -> mails(mail).size() > mails);
                    server.kill();
                }
                unanswered += pager.pushes.size() - pager.answered;
                unansweredMails += mails(mail).size() - mails;
                mailAnswers.remove(".");
                // The mail stays with the dead node, so that the next kill meets another one.
                timePasses("pager");
            }
            pager.answered = Integer.MAX_VALUE;
            timePasses("email");
            try (ServerProcess server = server()) {
                await().atMost(PATIENCE).until(() -> notices("waiting") == 0);
                server.stop();
            }
            assertThat(notices("sent")).isEqualTo(2 * ALERTS);
            checkPushes(unanswered);
            checkMails(mails(mail), unansweredMails);
        }
    }

    private void checkPushes(int unanswered) {
        Map<Long, Set<String>> ids = new HashMap<>();
        pager.pushes.forEach(push ->
                ids.computeIfAbsent(push.getKey(), alert -> new HashSet<>()).add(push.getValue()));
        assertThat(pager.wrong).isEmpty();
        assertThat(ids).hasSize(ALERTS);
        assertThat(ids.values()).allSatisfy(same -> assertThat(same).hasSize(1));
        assertThat(pager.pushes).as("each once, and again what nobody answered").hasSize(ALERTS + unanswered);
    }

    private static void checkMails(List<MimeMessage> mails, int unanswered) throws Exception {
        Map<String, Set<String>> alerts = new HashMap<>();
        for (MimeMessage mail : mails) {
            Set<String> told = alerts(mail);
            assertThat(alerts.getOrDefault(mail.getMessageID(), told)).isEqualTo(told);
            alerts.put(mail.getMessageID(), told);
        }
        assertThat(alerts).hasSize(MAILS);
        assertThat(alerts.values().stream().flatMap(Set::stream).toList())
                .hasSize(ALERTS)
                .doesNotHaveDuplicates();
        assertThat(mails).as("each once, and again what nobody answered").hasSize(MAILS + unanswered);
    }

    private static Set<String> alerts(MimeMessage mail) throws Exception {
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        while (parts.getBodyPart(0).getContent() instanceof MimeMultipart inner) {
            parts = inner;
        }
        Set<String> alerts = new HashSet<>();
        LINK.matcher(parts.getBodyPart(0).getContent().toString()).results().forEach(link -> alerts.add(link.group(1)));
        return alerts;
    }

    private static List<MimeMessage> mails(SmtpScript server) throws Exception {
        List<MimeMessage> mails = new ArrayList<>();
        StringBuilder mail = null;
        for (String line : server.lines) {
            if (line.equals("DATA")) {
                mail = new StringBuilder();
            } else if (mail != null && line.equals(".")) {
                mails.add(new MimeMessage(
                        null, new ByteArrayInputStream(mail.toString().getBytes(UTF_8))));
                mail = null;
            } else if (mail != null) {
                mail.append(line).append("\r\n");
            }
        }
        return mails;
    }

    private void configure(String url, int mailPort) throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("config/sendstatus.yaml"), """
                mail: {host: 127.0.0.1, port: %d, security: none, from: status@example.com}
                channels:
                  - {name: email, type: email, to: ops@example.com}
                  - {name: pager, type: webhook, url: "%s", secret: %s, private-network: true}
                report: {channels: [none]}
                alerts: {off: [storage]}
                """.formatted(mailPort, url, secret));
    }

    private ServerProcess server() throws Exception {
        return new ServerProcess(folder, List.of(), Map.of());
    }

    private String url() {
        return "jdbc:sqlite:" + ServerProcess.database(folder);
    }

    /** Hours ago, two at a time. */
    private void fire() throws Exception {
        DatabaseSettings database = new DatabaseSettings(url(), null, null);
        Instant begin = Instant.now().minus(Duration.ofHours(10));
        try (Store store = Store.open(TestDatabase.dialect(database));
                Reads reads = Reads.open(TestDatabase.dialect(database))) {
            for (int i = 0; i < ALERTS; i++) {
                store.alerts().add(PendingAlert.of("new_error_code", "twilio 9" + i, Severity.WARNING, begin));
            }
            for (Alert alert : reads.alerts().open()) {
                Instant at = begin.plus(Duration.ofMinutes(5 * ((alert.id() - 1) / 2)));
                Alert fired = alert.in(Alert.State.FIRING, at).toldAt(at);
                Notice notice = new Notice(
                        "alert/" + alert.id() + "/fired",
                        Notice.Type.ALERT_FIRED,
                        Severity.WARNING,
                        at,
                        "{\"id\":" + alert.id() + ",\"rule\":\"new_error_code\",\"key\":\"" + alert.key() + "\"}");
                assertThat(store.alerts().change(alert, fired, notice, List.of("email", "pager")))
                        .isTrue();
            }
        }
    }

    private long notices(String state) throws Exception {
        try (Connection connection = DriverManager.getConnection(url());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM notice WHERE state = '" + state + "'")) {
            return row.getLong(1);
        }
    }

    /** Longer than a killed node's messages stay with it, for one channel. */
    private void timePasses(String channel) throws Exception {
        try (Connection connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "UPDATE notice SET next_at = next_at - 600000 WHERE state = 'waiting' AND channel = '" + channel
                            + "'");
        }
    }
}
