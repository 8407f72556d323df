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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read sees what was acknowledged before it began, or says by how much it is behind. */
class ReadAfter200Test {
    private static final String WEBHOOK = "/webhooks/bandwidth";
    private static final int CONNECTIONS = 16;
    private static final int MESSAGES = 25;
    /** Applying is behind by more than a second from a callback's commit on, which takes a part of it. */
    private static final Duration NEARLY_A_SECOND = Duration.ofMillis(900);

    /** When the last read began that was not behind: what was acknowledged by then is applied. */
    private final AtomicLong notBehindNanos = new AtomicLong();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder;

    private DatabaseSettings sqlite() {
        return new DatabaseSettings("jdbc:sqlite:" + folder.resolve("test.db"), null, null);
    }

    private Application node(String name, DatabaseSettings database) throws Exception {
        return Nodes.start(folder.resolve(name), database);
    }

    private void accept(Application node, String id) throws Exception {
        assertThat(client.send(Load.request(Nodes.uri(node, WEBHOOK), id), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> ask(Application node, String id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(Nodes.uri(node, "/v1/messages/" + id))
                .header("Authorization", "Bearer " + ServerProcess.TOKEN)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /**
     * Each of the connections looks up what it was just told is stored. An answer shows it, or says that it is behind: then no other has been
     * up to date for a second. How many are behind depends on the machine: while it is busy with something else, applying can be a second
     * late. Then the message must come by itself, once the others have ended.
     */
    private void lookUps(Application accepting, Application asked, Load others) throws Exception {
        ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
        Set<String> behind = ConcurrentHashMap.newKeySet();
        Set<String> tooSoon = ConcurrentHashMap.newKeySet();
        await().until(() -> {
            notBehindNanos.set(System.nanoTime());
            return isShown("others-0-0", ask(asked, "others-0-0"));
        });
        try {
            List<Future<Void>> done = new ArrayList<>();
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                String prefix = "own-" + connection + "-";
                done.add(connections.submit(() -> lookUps(accepting, asked, prefix, behind, tooSoon)));
            }
            for (Future<Void> one : done) {
                one.get();
            }
        } finally {
            connections.shutdownNow();
        }
        others.join();
        // A disk that stalls in a commit makes all connections look late at once.
        assertThat(tooSoon).as("behind for no reason").hasSizeLessThanOrEqualTo(CONNECTIONS);
        assertThat(behind).as("most are not behind").hasSizeLessThan(CONNECTIONS * MESSAGES / 10);
        for (String id : behind) {
            await().atMost(Duration.ofSeconds(30)).until(() -> isShown(id, ask(asked, id)));
        }
    }

    private Void lookUps(
            Application accepting, Application asked, String prefix, Set<String> behind, Set<String> tooSoon)
            throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            String id = prefix + i;
            accept(accepting, id);
            long notBehind = notBehindNanos.get();
            long began = System.nanoTime();
            if (isShown(id, ask(asked, id))) {
                notBehindNanos.accumulateAndGet(began, Math::max);
            } else {
                behind.add(id);
                if (System.nanoTime() - notBehind < NEARLY_A_SECOND.toNanos()) {
                    tooSoon.add(id);
                }
            }
        }
        return null;
    }

    /** False where the answer says that it is behind; any other answer must show the message. */
    private static boolean isShown(String id, HttpResponse<String> answer) {
        if (answer.headers().firstValue("Sendstatus-Behind").isPresent()) {
            return false;
        }
        assertThat(answer.statusCode()).as(id).isEqualTo(200);
        assertThat(answer.body()).contains("DELIVERED");
        return true;
    }

    @Test
    void eachLookUpRightAfterItsOwn200SeesItWhileOthersWrite() throws Exception {
        try (Application node = node("one", sqlite());
                Load others = new Load(Nodes.uri(node, WEBHOOK), "others", 2)) {
            await().until(() -> others.acknowledged().size() > 20);
            lookUps(node, node, others);
        }
    }

    @Test
    void whatOneNodeAcknowledgedTheOtherTells() throws Exception {
        DatabaseSettings shared = PostgresServer.fresh();
        try (Application one = node("one", shared);
                Application other = node("other", shared);
                Load others = new Load(Nodes.uri(other, WEBHOOK), "others", 1)) {
            await().until(() -> others.acknowledged().size() > 20);
            lookUps(one, other, others);
        }
    }

    @Test
    void aCommandBesideTheServerSeesIt() throws Exception {
        try (Application node = node("one", sqlite());
                Load others = new Load(Nodes.uri(node, WEBHOOK), "others", 2)) {
            await().until(() -> others.acknowledged().size() > 20);
            for (int i = 0; i < 20; i++) {
                accept(node, "asked-" + i);
                Command status = Command.run(folder, sqlite(), "status", "asked-" + i);
                assertThat(status.code()).as(status.err()).isZero();
                assertThat(status.out()).contains("DELIVERED");
            }
            others.join();
        }
    }

    /** A lock on the messages holds the applying back, and lets the log and all reading go on. */
    @Test
    @Tag("slow")
    void inABurstAReadAnswersWithWhatIsAppliedAndSaysByHowMuchItIsBehind() throws Exception {
        DatabaseSettings shared = PostgresServer.fresh();
        try (Application node = node("one", shared);
                Application other = node("other", shared)) {
            accept(node, "before");
            assertThat(ask(other, "before").headers().firstValue("Sendstatus-Behind"))
                    .isEmpty();
            try (Connection holding = PostgresServer.connection(shared);
                    Statement statement = holding.createStatement()) {
                holding.setAutoCommit(false);
                statement.execute("LOCK TABLE message IN EXCLUSIVE MODE");
                accept(node, "burst");
                HttpResponse<String> first = ask(other, "burst");
                assertThat(first.statusCode()).isEqualTo(404);
                assertThat(first.headers().firstValue("Sendstatus-Behind")).hasValue("1");
                await().untilAsserted(() -> assertThat(ask(node, "before")
                                .headers()
                                .firstValueAsLong("Sendstatus-Behind")
                                .orElse(0))
                        .isGreaterThanOrEqualTo(3));
                assertThat(ask(node, "before").statusCode()).isEqualTo(200);
                assertThat(applyLag(node)).isGreaterThanOrEqualTo(3);
                assertThat(applyLag(other)).isGreaterThanOrEqualTo(3);
                Command status = Command.run(folder, shared, "status", "before");
                assertThat(status.code()).as(status.err()).isZero();
                holding.rollback();
            }
            await().until(() -> ask(other, "burst").statusCode() == 200);
            assertThat(ask(node, "burst").headers().firstValue("Sendstatus-Behind"))
                    .isEmpty();
            assertThat(applyLag(node)).isZero();
            assertThat(applyLag(other)).isZero();
        }
    }

    private double applyLag(Application node) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(Nodes.uri(node, "/metrics")).build();
        return client.send(request, BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("sendstatus_apply_lag_seconds "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }
}
