package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.config.ConfigurationLoader;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.sqlite.SqliteFile;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's own reconciliation: through the queue into the database, and counted. */
class ReconciliationTest {
    private static final AccountName ACCOUNT = new AccountName(new Provider("twilio"), "twilio");
    private static final String ID = "SM00000000000000000000000000000001";
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void aStuckMessageGetsItsEndAndIsCounted() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(new MockResponse(200, Headers.of(), fixture()));
            Configuration configuration = configuration(server);
            SqliteFile file = SqliteFile.of(configuration.database());
            PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            try (Store store = Store.open(new SqliteDialect(file));
                    Reads reads = Reads.open(new SqliteDialect(file));
                    Reconciliation reconciliation = new Reconciliation(
                            configuration,
                            Providers.configured(configuration, Adapters.all()),
                            reads,
                            store,
                            new DirectCommit(store, Duration.ofSeconds(5), System::nanoTime, stored -> {}),
                            meters,
                            () -> NOW)) {
                store.commit(List.of(sentSevenHoursAgo()));
                reconciliation.run();
                MessageState state = reads.messages(ID).get(0).state();
                assertThat(state.status()).isEqualTo(SendStatus.ERROR);
                assertThat(state.errorCode()).isEqualTo("30003");
                assertThat(meters.scrape())
                        .contains("sendstatus_reconcile_calls_total{outcome=\"found\",provider=\"twilio\"} 1.0");
                reconciliation.run();
                assertThat(server.getRequestCount()).as("it has its end").isEqualTo(1);
            }
        }
    }

    private Configuration configuration(MockWebServer server) throws Exception {
        Map<String, String> environment = Map.of(
                "TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001",
                "TWILIO_AUTH_TOKEN", "token",
                "TWILIO_API_BASE_URL", server.url("/").toString(),
                "TELNYX_V1_SECRET", "secret-of-an-account-that-cannot-be-asked",
                "SENDSTATUS_DATABASE_URL", "jdbc:sqlite:" + folder.resolve("test.db"));
        return new ConfigurationLoader(Adapters.all(), environment, folder).load();
    }

    private static Incoming sentSevenHoursAgo() {
        DeliveryEvent event = DeliveryEvent.of(
                        new MessageKey(ACCOUNT.provider(), ID), Direction.OUTBOUND, Progress.SENT, "sent")
                .build();
        return new Incoming(
                ACCOUNT,
                Source.WEBHOOK,
                NOW.minusSeconds(7 * 3600),
                new RawCallback("POST", null, null, new byte[0]),
                List.of(event),
                null);
    }

    private static String fixture() throws Exception {
        try (InputStream file = ReconciliationTest.class.getResourceAsStream("/provider/twilio/api/message.json")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
