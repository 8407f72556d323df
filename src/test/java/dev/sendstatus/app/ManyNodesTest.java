package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.postgres.PostgresServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three whole servers on one PostgreSQL, against one on SQLite that gets the same callbacks in another order. */
class ManyNodesTest {
    private static final Provider BANDWIDTH = new Provider("bandwidth");
    private static final int MESSAGES = 80;
    private static final int SENDERS = 8;
    private static final int TRIES = 5;
    private static final String[] EVENTS = {
        "\"type\":\"message-sending\"",
        "\"type\":\"message-delivered\"",
        "\"type\":\"message-failed\",\"errorCode\":4720",
        "\"type\":\"message-failed\",\"errorCode\":4770"
    };

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private static List<String> bodies(Random random) {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            for (int events = 1 + random.nextInt(3); events > 0; events--) {
                bodies.add("""
                        [{"time":"2026-11-25T12:00:0%d.000Z",%s,"to":"+12025550143","description":"ok",\
                        "message":{"id":"m%d","owner":"+12025550199","applicationId":"93de2206","segmentCount":1,\
                        "time":"2026-11-25T11:59:58Z","direction":"out","to":["+12025550143"],\
                        "from":"+12025550199","text":"","tag":""}}]""".formatted(random.nextInt(9), EVENTS[random.nextInt(EVENTS.length)], i));
            }
        }
        return bodies;
    }

    /** As a provider does: again, until it is answered 200. */
    private Void send(Application node, String body) throws Exception {
        String credentials = Base64.getEncoder()
                .encodeToString((ServerProcess.USER + ":" + ServerProcess.PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(Nodes.uri(node, "/webhooks/bandwidth"))
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Authorization", "Basic " + credentials)
                .POST(BodyPublishers.ofString(body))
                .build();
        int status = 0;
        for (int i = 0; i < TRIES && status != 200; i++) {
            status = client.send(request, BodyHandlers.discarding()).statusCode();
        }
        assertThat(status).isEqualTo(200);
        return null;
    }

    private static Map<String, MessageHistory> histories(DatabaseSettings database) throws StoreException {
        Map<String, MessageHistory> histories = new HashMap<>();
        try (Reads reads = Reads.open(Database.of(database).dialect())) {
            for (int i = 0; i < MESSAGES; i++) {
                MessageKey key = new MessageKey(BANDWIDTH, "m" + i);
                histories.put("m" + i, reads.history(key));
            }
        }
        return histories;
    }

    @Test
    void threeNodesGivenEachCallbackTwiceSayWhatOneNodeSaysInAnotherOrder() throws Exception {
        Random random = new Random(7);
        List<String> bodies = bodies(random);
        DatabaseSettings shared = PostgresServer.fresh();
        DatabaseSettings single = new DatabaseSettings("jdbc:sqlite:" + folder.resolve("single.db"), null, null);
        List<Application> nodes = new ArrayList<>();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            for (int i = 0; i < 3; i++) {
                nodes.add(Nodes.start(folder.resolve("node" + i), shared));
            }
            List<Future<Void>> sent = new ArrayList<>();
            for (String body : bodies) {
                int first = random.nextInt(3);
                int second = (first + 1 + random.nextInt(2)) % 3;
                sent.add(senders.submit(() -> send(nodes.get(first), body)));
                sent.add(senders.submit(() -> send(nodes.get(second), body)));
            }
            for (Future<Void> one : sent) {
                one.get();
            }
        } finally {
            senders.shutdownNow();
            nodes.forEach(Application::close);
        }
        Collections.shuffle(bodies, random);
        try (Application one = Nodes.start(folder.resolve("single"), single)) {
            for (String body : bodies) {
                send(one, body);
            }
        }
        Map<String, MessageHistory> expected = histories(single);
        histories(shared).forEach((id, history) -> {
            MessageHistory other = Objects.requireNonNull(expected.get(id), id);
            assertThat(MessageState.of(history)).isEqualTo(MessageState.of(other));
            assertThat(history.events())
                    .extracting(event -> event.event())
                    .containsExactlyInAnyOrderElementsOf(
                            other.events().stream().map(event -> event.event()).toList());
        });
    }
}
