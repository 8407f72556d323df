package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.postgres.PostgresServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authentic callback whose message the database does not take: it is acknowledged, kept in quarantine, and stops nothing. */
class UnwritableTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private void accept(Application node, String id) throws Exception {
        assertThat(client.send(Load.request(Nodes.uri(node, "/webhooks/bandwidth"), id), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> get(Application node, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(Nodes.uri(node, path))
                .header("Authorization", "Bearer " + ServerProcess.TOKEN)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private void stopsNothing(DatabaseSettings database, String unwritable) throws Exception {
        try (Application node = Nodes.start(folder, database)) {
            for (String id : List.of("first", unwritable, "second", unwritable, "third")) {
                accept(node, id);
            }
            for (String id : List.of("first", "second", "third")) {
                await().until(() -> get(node, "/v1/messages/" + id).statusCode() == 200);
            }
            assertThat(get(node, "/metrics").body())
                    .contains("sendstatus_callbacks_quarantined_total{provider=\"bandwidth\"} 2.0");
        }
        try (Application node = Nodes.start(folder, database)) {
            accept(node, "after the start");
            await().until(() -> get(node, "/v1/messages/after%20the%20start").statusCode() == 200);
            HttpResponse<String> quarantine = get(node, "/v1/quarantine");
            assertThat(quarantine.body().split("what it says could not be stored", -1))
                    .as(quarantine.body())
                    .hasSize(3);
            assertThat(quarantine.headers().firstValue("Sendstatus-Behind")).isEmpty();
        }
    }

    @Test
    void anIdThatPostgresCannotIndexStopsNothing() throws Exception {
        Random random = new Random(3);
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            id.append((char) ('!' + 2 + random.nextInt(57)));
        }
        stopsNothing(PostgresServer.fresh(), id.toString());
    }

    @Test
    void aRowThatViolatesAConstraintStopsNothing() throws Exception {
        DatabaseSettings database = new DatabaseSettings("jdbc:sqlite:" + folder.resolve("test.db"), null, null);
        Nodes.start(folder, database).close();
        try (Connection connection = Promise.connection(database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TRIGGER refusing BEFORE INSERT ON recipient WHEN new.message_id IN"
                    + " (SELECT id FROM message WHERE provider_id = 'unwritable')"
                    + " BEGIN SELECT raise(ABORT, 'refused'); END");
        }
        stopsNothing(database, "unwritable");
    }
}
