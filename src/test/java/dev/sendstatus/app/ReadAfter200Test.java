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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read sees what was acknowledged before it began, or says by how much it is behind. */
class ReadAfter200Test {
    private static final String WEBHOOK = "/webhooks/bandwidth";
    private static final int CONNECTIONS = 16;
    private static final int MESSAGES = 25;

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

    /** Each of the connections looks up what it was just told is stored. @return how many answers said that they are behind */
    private int lookUps(Application accepting, Application asked) throws Exception {
        ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<Integer>> behind = new ArrayList<>();
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                String prefix = "own-" + connection + "-";
                behind.add(connections.submit(() -> lookUps(accepting, asked, prefix)));
            }
            int sum = 0;
            for (Future<Integer> one : behind) {
                sum += one.get();
            }
            return sum;
        } finally {
            connections.shutdownNow();
        }
    }

    private int lookUps(Application accepting, Application asked, String prefix) throws Exception {
        int behind = 0;
        for (int i = 0; i < MESSAGES; i++) {
            String id = prefix + i;
            accept(accepting, id);
            HttpResponse<String> answer = ask(asked, id);
            if (answer.headers().firstValue("Sendstatus-Behind").isPresent()) {
                behind++;
            } else {
                assertThat(answer.statusCode()).as(id).isEqualTo(200);
                assertThat(answer.body()).contains("DELIVERED");
            }
        }
        return behind;
    }

    @Test
    void eachLookUpRightAfterItsOwn200SeesItWhileOthersWrite() throws Exception {
        try (Application node = node("one", sqlite());
                Load others = new Load(Nodes.uri(node, WEBHOOK), "others", 4)) {
            await().until(() -> others.acknowledged().size() > 20);
            // A machine that is busy with something else may be a second behind once.
            assertThat(lookUps(node, node)).isLessThan(CONNECTIONS * MESSAGES / 10);
            others.join();
        }
    }

    @Test
    void whatOneNodeAcknowledgedTheOtherTells() throws Exception {
        DatabaseSettings shared = PostgresServer.fresh();
        try (Application one = node("one", shared);
                Application other = node("other", shared);
                Load others = new Load(Nodes.uri(other, WEBHOOK), "others", 2)) {
            await().until(() -> others.acknowledged().size() > 20);
            assertThat(lookUps(one, other)).isLessThan(CONNECTIONS * MESSAGES / 10);
            others.join();
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
                Command status = Command.run(folder, shared, "status", "before");
                assertThat(status.code()).as(status.err()).isZero();
                holding.rollback();
            }
            await().until(() -> ask(other, "burst").statusCode() == 200);
            assertThat(ask(node, "burst").headers().firstValue("Sendstatus-Behind"))
                    .isEmpty();
        }
    }
}
