package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Erasure;
import dev.sendstatus.store.Erasure.Erased;
import dev.sendstatus.store.ErasureContract;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.RawSegment;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.merge.Facet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteErasureTest extends ErasureContract {
    private static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");

    @TempDir
    private Path folder;

    private SqliteFile file;
    private SqliteStore store;
    private SqliteReads reads;

    @BeforeEach
    void open() throws StoreException {
        file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("test.db"), null, null));
        store = SqliteStore.open(file);
        reads = SqliteReads.open(file);
    }

    @AfterEach
    void close() {
        reads.close();
        store.close();
    }

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected Reads reads() {
        return reads;
    }

    private static Incoming incoming(int message, String to) {
        return callback("x", Progress.SENT, to, message);
    }

    /** A callback with an event of each of these messages. */
    private static Incoming callback(String body, Progress progress, String to, int... messages) {
        List<DeliveryEvent> events = new ArrayList<>();
        for (int message : messages) {
            events.add(DeliveryEvent.of(
                            new MessageKey(Histories.PROVIDER, "m" + message),
                            Direction.OUTBOUND,
                            progress,
                            progress.name())
                    .to(to)
                    .build());
        }
        return new Incoming(
                ACCOUNT,
                Source.WEBHOOK,
                Instant.parse("2026-11-25T12:00:00Z"),
                new RawCallback("POST", null, null, body.getBytes(StandardCharsets.UTF_8)),
                events,
                null);
    }

    @Test
    void nothingLeadsToTheNumberInAnIndexOfOlderMessages() throws Exception {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < 1 << PostingIndexer.SHIFT; i++) {
            batch.add(incoming(i, i % 1_000 == 0 ? "+12025550143" : "+1202556" + (1_000 + i % 9_000)));
        }
        store.commit(batch);
        store.commit(List.of(incoming(1_000, "+12025550143")));
        while (store.indexNext()) {
            assertThat(reads.nextSequence()).isPositive();
        }
        long hash = Facet.TO.value("+12025550143");
        assertThat(posted(hash)).isEqualTo(17);
        assertThat(erase("+12025550143").messages()).isEqualTo(17);
        assertThat(posted(hash)).isZero();
        assertThat(reads.page(new MessageFilter.Builder().to("erased").build(), null, 100)
                        .messages())
                .hasSize(17);
        assertThat(reads.page(new MessageFilter.Builder().to("+12025561001").build(), null, 100)
                        .messages())
                .isNotEmpty();
    }

    private int posted(long hash) throws Exception {
        try (Connection connection = DriverManager.getConnection(file.url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT entries FROM posting WHERE place = " + Postings.place(0, Postings.bucket(hash)))) {
            return row.next() ? Postings.ids(row.getBytes(1), hash, 0).length : 0;
        }
    }

    /** Its raw callbacks have been looked through by then, and lie without the number: afterwards nothing would tell. */
    @Test
    void whatComesForAMessageBeforeItsTurnIsEmptiedWithIt() throws StoreException {
        String person = "+12025550143";
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            batch.add(incoming(i, person));
        }
        store.commit(batch);
        Erasure erasure = store.housekeeping().erasure(PhoneNumber.of(person).orElseThrow());
        Erased erased = Erased.NOTHING;
        while (erased.messages() == 0) {
            erased = erased.and(erasure.step(1));
        }
        Incoming late = callback("To=%2B12025550143&Body=a secret", Progress.DELIVERED, person, 59);
        store.commit(
                List.of(late, late, callback("To=%2B12025550143&Body=a secret", Progress.DELIVERED, person, 58, 57)));
        store.commit(List.of(callback("To=%2B12025550144&Body=a secret", Progress.DELIVERED, "+12025550144", 56)));
        while (erased.more()) {
            erased = erased.and(erasure.step(1));
        }
        assertThat(erased.messages()).isEqualTo(60);
        assertThat(erased.rawCallbacks()).isEqualTo(3);
        List<RawSegment.Entry> left = new ArrayList<>();
        for (Optional<RawSegment> segment = reads.segment(61, Instant.EPOCH);
                segment.isPresent();
                segment = reads.segment(segment.get().nextSequence(), Instant.EPOCH)) {
            left.addAll(segment.get().callbacks());
        }
        assertThat(left)
                .extracting(entry -> new String(entry.callback().body(), StandardCharsets.UTF_8))
                .containsExactly("", "", "", "To=%2B12025550144&Body=a secret");
    }

    @Test
    void aServerThatHeldTheMessageInMemoryGoesOnWithWhatIsLeftOfIt() throws StoreException {
        store.commit(List.of(incoming(1, "+12025550143")));
        try (SqliteStore other = SqliteStore.open(file)) {
            store.commit(List.of(incoming(2, "+12025550144")));
            SqliteStore server = store;
            store = other;
            erase("+12025550143");
            store = server;
        }
        store.commit(List.of(new Incoming(
                ACCOUNT,
                Source.WEBHOOK,
                Instant.parse("2026-11-25T12:00:05Z"),
                new RawCallback("POST", null, null, "y".getBytes(StandardCharsets.UTF_8)),
                List.of(DeliveryEvent.of(
                                new MessageKey(Histories.PROVIDER, "m1"),
                                Direction.OUTBOUND,
                                Progress.DELIVERED,
                                "delivered")
                        .build()),
                null)));
        List<RecordedEvent> events = reads.messages("m1").get(0).history().events();
        assertThat(events).hasSize(2);
        assertThat(events.get(0).event().recipient()).isEqualTo(new Recipient("erased"));
    }
}
