package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one PostgreSQL: the one that pushes is killed, so that nobody gives its endpoint back. */
@Tag("slow")
class RelayTakeoverTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String secret = SigningSecret.make();
    private final VerifyingReceiver pushed = new VerifyingReceiver(secret);

    @TempDir
    private Path folder;

    private ServerProcess node(String name, DatabaseSettings database, String url) throws Exception {
        return new ServerProcess(
                Files.createDirectories(folder.resolve(name)),
                List.of(),
                Map.of(
                        "SENDSTATUS_DATABASE_URL",
                        database.url(),
                        "SENDSTATUS_DATABASE_USER",
                        Objects.requireNonNull(database.user()),
                        "SENDSTATUS_RELAY_URL",
                        url,
                        "SENDSTATUS_RELAY_SECRET",
                        secret,
                        "SENDSTATUS_RELAY_PRIVATE_NETWORK",
                        "true"));
    }

    /** As its time does after half a minute, {@code RelayContract} shows. */
    private static void endLease(DatabaseSettings database) throws SQLException {
        try (Connection plain = PostgresServer.connection(database);
                Statement statement = plain.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE relay_endpoint SET owned_until = 0 WHERE owned_until > 0"))
                    .isEqualTo(1);
        }
    }

    @Test
    void afterItsOwnerIsKilledTheOtherNodeGoesOnAndNothingIsLost() throws Exception {
        DatabaseSettings database = PostgresServer.fresh();
        List<String> acknowledged = new ArrayList<>();
        try (MockWebServer receiver = new MockWebServer()) {
            receiver.setDispatcher(pushed);
            receiver.start();
            String url = receiver.url("/hook").toString();
            try (ServerProcess owner = node("owner", database, url);
                    Load first = new Load(owner.uri("/webhooks/bandwidth"), "first", 2)) {
                await().atMost(LONG).until(() -> pushed.messages.size() >= 100);
                try (ServerProcess other = node("other", database, url);
                        Load second = new Load(other.uri("/webhooks/bandwidth"), "second", 1)) {
                    await().atMost(LONG).until(() -> pushed.messages.stream().anyMatch(id -> id.startsWith("second")));
                    owner.kill();
                    first.join();
                    int enough = second.acknowledged().size() + 50;
                    await().atMost(LONG).until(() -> second.acknowledged().size() >= enough);
                    second.join();
                    acknowledged.addAll(first.acknowledged());
                    acknowledged.addAll(second.acknowledged());
                    assertThat(pushed.messages.containsAll(acknowledged))
                            .as("nobody pushes yet")
                            .isFalse();
                    endLease(database);
                    await().atMost(LONG).until(() -> pushed.messages.containsAll(acknowledged));
                }
            }
        }
        assertThat(pushed.wrong).isEmpty();
        assertThat(pushed.ids.values()).allSatisfy(same -> assertThat(same).hasSize(1));
    }
}
