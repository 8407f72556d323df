package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs' rows are in a file of their own: in the same one, commits that follow each other keep a job waiting for seconds. */
class JobsBesideIngestTest {
    private static final AccountName ACCOUNT = new AccountName(new Provider("testtel"), "main");
    private static final int TURNS = 30;
    private static final int COMMITS_A_TURN = 5;

    private long sent;

    @TempDir
    private Path folder;

    @Test
    void aJobIsTakenWhileCommitFollowsCommit() throws Exception {
        SqliteFile file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("t.db"), null, null));
        AtomicBoolean enough = new AtomicBoolean();
        AtomicLong commits = new AtomicLong();
        try (Store store = Store.open(new SqliteDialect(file));
                HikariDataSource jobs = SqliteJobs.beside(file)) {
            execute(
                    jobs,
                    "INSERT INTO scheduled_tasks VALUES ('job', 'all', NULL, 0, 0, NULL, NULL, NULL, 0, NULL, 1)");
            CompletableFuture<Void> ingest = CompletableFuture.runAsync(() -> commitUntil(enough, store, commits));
            Duration longest = Duration.ZERO;
            try {
                for (int turn = 1; turn <= TURNS; turn++) {
                    int commitsByThen = turn * COMMITS_A_TURN;
                    await().pollInterval(Duration.ofMillis(1)).until(() -> commits.get() >= commitsByThen);
                    long before = System.nanoTime();
                    execute(jobs, "UPDATE scheduled_tasks SET version = version + 1");
                    Duration took = Duration.ofNanos(System.nanoTime() - before);
                    longest = took.compareTo(longest) > 0 ? took : longest;
                }
            } finally {
                enough.set(true);
            }
            ingest.get();
            assertThat(longest).as("beside %s commits", commits).isLessThan(Duration.ofSeconds(1));
        }
    }

    private void commitUntil(AtomicBoolean enough, Store store, AtomicLong commits) {
        while (!enough.get()) {
            try {
                store.commit(batch());
            } catch (StoreException e) {
                throw new IllegalStateException("after " + commits + " commits", e);
            }
            commits.incrementAndGet();
        }
    }

    private List<Incoming> batch() {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            sent++;
            DeliveryEvent event = DeliveryEvent.of(
                            new MessageKey(ACCOUNT.provider(), "m-" + sent), Direction.OUTBOUND, Progress.SENT, "sent")
                    .to("+12025550143")
                    .build();
            RawCallback raw =
                    new RawCallback("POST", null, null, ("{\"id\":" + sent + "}").getBytes(StandardCharsets.UTF_8));
            batch.add(new Incoming(ACCOUNT, Source.WEBHOOK, Instant.now(), raw, List.of(event), null));
        }
        return batch;
    }

    private static void execute(HikariDataSource jobs, String sql) throws SQLException {
        try (Connection connection = jobs.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
