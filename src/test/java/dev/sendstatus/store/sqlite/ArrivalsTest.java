package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Erasure;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.MessageCounter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.MessageTimes;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callbacks that are acknowledged and not yet part of their messages. */
class ArrivalsTest {
    private static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final MessageFilter ALL = new MessageFilter.Builder().build();

    @TempDir
    private Path folder;

    private SqliteFile file;
    private SqliteStore store;
    private SqliteReads beside;
    private SqliteReads foreign;

    @BeforeEach
    void open() throws StoreException {
        file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("test.db"), null, null));
        store = SqliteStore.open(file);
        beside = SqliteReads.beside(store);
        foreign = SqliteReads.open(file);
        store.settle();
    }

    @AfterEach
    void close() {
        foreign.close();
        beside.close();
        store.close();
    }

    @Test
    void whatIsAppendedBecomesPartOfItsMessageLater() throws Exception {
        store.append(List.of(incoming("m1", Progress.SENT), incoming("m1", Progress.DELIVERED)));
        assertThat(store.unsettled()).isEqualTo(2);
        assertThat(rows("arrival")).isEqualTo(1);
        assertThat(rows("message")).isZero();
        store.settle();
        assertThat(store.unsettled()).isZero();
        assertThat(rows("arrival")).isZero();
        assertThat(rows("message")).isEqualTo(1);
        assertThat(rows("segment")).isEqualTo(1);
        assertThat(statusOf(beside, "m1")).isEqualTo(SendStatus.DELIVERED);
    }

    /** Something that reads, and what it finds of one message that came and one callback in quarantine. */
    private record Reading(String name, Finding finding) {
        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    private interface Finding {
        int in(Reads reads) throws StoreException;
    }

    static Stream<Reading> readings() {
        return Stream.of(
                new Reading("by key", reads -> reads.message(key("m1")).isPresent() ? 1 : 0),
                new Reading("by id", reads -> reads.messages("m1").size()),
                new Reading(
                        "by ids", reads -> reads.messages(List.of("m0", "m1")).size()),
                new Reading(
                        "page", reads -> reads.page(ALL, null, 10).messages().size()),
                new Reading("scan", ArrivalsTest::scanned),
                new Reading("statistics", ArrivalsTest::counted),
                new Reading("open", reads -> reads.open(ACCOUNT, NOW, true).size()),
                new Reading(
                        "open and not flagged",
                        reads -> reads.open(ACCOUNT, NOW, false).size()),
                new Reading("activity", reads -> reads.activity().size()),
                new Reading("raw", reads -> reads.raw(1).isPresent() ? 1 : 0),
                new Reading("segment", reads -> reads.segment(0, Instant.EPOCH).isPresent() ? 1 : 0),
                new Reading("next number", reads -> (int) reads.nextSequence() - 2),
                new Reading(
                        "quarantine",
                        reads -> reads.quarantine(Long.MAX_VALUE, 10).size()),
                new Reading("one of quarantine", reads -> reads.quarantined(2).isPresent() ? 1 : 0),
                new Reading("size of quarantine", reads -> (int) reads.quarantineSize()));
    }

    private static int scanned(Reads reads) throws StoreException {
        int found = 0;
        try (MessageScan scan = reads.scan(ALL)) {
            while (scan.next() != null) {
                found++;
            }
        }
        return found;
    }

    private static int counted(Reads reads) throws StoreException {
        AtomicInteger counted = new AtomicInteger();
        reads.count(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), new MessageCounter<RuntimeException>() {
            @Override
            public void message(StoredMessage message) {
                counted.incrementAndGet();
            }

            @Override
            public void alike(StoredMessage one, MessageTimes times) {
                throw new AssertionError("nothing is summed up yet");
            }
        });
        return counted.get();
    }

    @ParameterizedTest
    @MethodSource("readings")
    void whoeverReadsInTheSameProcessSeesIt(Reading reading) throws Exception {
        appendAMessageAndAPuzzle();
        assertThat(reading.finding().in(beside)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("readings")
    void whoeverReadsInAnotherProcessSeesIt(Reading reading) throws Exception {
        appendAMessageAndAPuzzle();
        assertThat(reading.finding().in(foreign)).isEqualTo(1);
        // The store notices where another has made it part of the messages, and does not do it again.
        store.settle();
        assertThat(beside.nextSequence()).isEqualTo(3);
    }

    private void appendAMessageAndAPuzzle() throws StoreException {
        store.append(List.of(
                incoming("m1", Progress.SENT),
                new Incoming(ACCOUNT, Source.WEBHOOK, NOW, raw("puzzle"), List.of(), "no such status")));
    }

    @Test
    void aLookUpByIdWritesNothing() throws Exception {
        store.commit(List.of(incoming("m0", Progress.SENT)));
        store.append(List.of(incoming("m1", Progress.SENT), incoming("m0", Progress.DELIVERED)));
        for (Reads reads : List.of(beside, foreign)) {
            assertThat(statusOf(reads, "m0")).isEqualTo(SendStatus.DELIVERED);
            assertThat(sequences(reads, "m0")).containsExactly(1L, 3L);
            assertThat(reads.messages(List.of("m1", "m2", "m0"))).hasSize(2);
        }
        assertThat(rows("arrival")).isEqualTo(1);
        store.settle();
        assertThat(sequences(beside, "m0")).containsExactly(1L, 3L);
    }

    @Test
    void whatAKilledProcessLeftIsFoundByWhoeverComesNext() throws Exception {
        store.commit(List.of(incoming("m1", Progress.SENT)));
        store.append(List.of(incoming("m1", Progress.DELIVERED)));
        store.append(List.of(incoming("m2", Progress.FAILED)));
        store.sync();
        SqliteFile read = crashed("read");
        try (SqliteReads reads = SqliteReads.open(read)) {
            assertThat(statusOf(reads, "m1")).isEqualTo(SendStatus.DELIVERED);
            assertThat(statusOf(reads, "m2")).isEqualTo(SendStatus.ERROR);
        }
        SqliteFile written = crashed("written");
        try (SqliteStore next = SqliteStore.open(written);
                SqliteReads reads = SqliteReads.beside(next)) {
            next.append(List.of(incoming("m3", Progress.SENT)));
            assertThat(statusOf(reads, "m1")).isEqualTo(SendStatus.DELIVERED);
            assertThat(statusOf(reads, "m2")).isEqualTo(SendStatus.ERROR);
            assertThat(statusOf(reads, "m3")).isEqualTo(SendStatus.SENT);
            assertThat(sequences(reads, "m3")).containsExactly(4L);
        }
    }

    /** The files as they are on the disk. */
    private SqliteFile crashed(String name) throws Exception {
        Path copy = Files.createDirectory(folder.resolve(name)).resolve("test.db");
        Files.copy(file.path(), copy);
        Files.copy(Path.of(file.path() + "-wal"), Path.of(copy + "-wal"));
        return SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + copy, null, null));
    }

    @Test
    void twoProcessesMayTakeOverEachOthers() throws Exception {
        try (SqliteStore other = SqliteStore.open(file)) {
            store.append(List.of(incoming("m1", Progress.ACCEPTED)));
            other.append(List.of(incoming("m1", Progress.SENT)));
            store.append(List.of(incoming("m1", Progress.DELIVERED)));
            other.settle();
            store.append(List.of(incoming("m2", Progress.SENT)));
            store.settle();
            other.settle();
        }
        assertThat(sequences(beside, "m1")).containsExactly(1L, 2L, 3L);
        assertThat(sequences(beside, "m2")).containsExactly(4L);
        assertThat(beside.nextSequence()).isEqualTo(5);
    }

    @Test
    void whileTheDatabaseCannotBeWrittenLookUpsKnowItAndListsGoOn() throws Exception {
        store.commit(List.of(incoming("m1", Progress.SENT)));
        store.append(List.of(incoming("m1", Progress.DELIVERED), incoming("m2", Progress.SENT)));
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (Reads reads : List.of(beside, foreign)) {
                assertThat(statusOf(reads, "m1")).isEqualTo(SendStatus.DELIVERED);
                assertThat(statusOf(reads, "m2")).isEqualTo(SendStatus.SENT);
                assertThat(reads.page(ALL, null, 10).messages()).hasSize(1);
            }
            statement.execute("COMMIT");
        }
        assertThat(beside.page(ALL, null, 10).messages()).hasSize(2);
    }

    @Test
    void oneThatCannotBecomePartOfItsMessageIsKeptAndDoesNotHarmTheOthers() throws Exception {
        store.commit(List.of(incoming("bad", Progress.SENT)));
        execute("UPDATE message SET history = x'7f'");
        store.append(List.of(
                incoming("m1", Progress.SENT), incoming("bad", Progress.DELIVERED), incoming("m2", Progress.SENT)));
        store.append(List.of(incoming("m1", Progress.DELIVERED)));
        store.settle();
        assertThat(statusOf(beside, "m1")).isEqualTo(SendStatus.DELIVERED);
        assertThat(statusOf(beside, "m2")).isEqualTo(SendStatus.SENT);
        assertThat(beside.quarantine(Long.MAX_VALUE, 10)).singleElement().satisfies(kept -> {
            assertThat(kept.reason()).isEqualTo(OneByOne.REASON);
            assertThat(new String(beside.raw(kept.sequence()).orElseThrow().body(), StandardCharsets.UTF_8))
                    .isEqualTo("bad DELIVERED");
        });
        assertThat(rows("arrival")).isZero();
    }

    @Test
    void timesOfArrivalAreKeptToTheMillisecond() throws Exception {
        List<Instant> times = List.of(NOW, NOW.plusMillis(7), NOW.plusMillis(3), NOW.plusSeconds(2));
        for (int i = 0; i < times.size(); i++) {
            store.append(List.of(new Incoming(
                    ACCOUNT, Source.WEBHOOK, times.get(i), raw("x"), List.of(event("m" + i, Progress.SENT)), null)));
        }
        store.settle();
        assertThat(beside.segment(0, Instant.EPOCH).orElseThrow().callbacks())
                .extracting(entry -> entry.receivedAt())
                .containsExactlyElementsOf(times);
    }

    @Test
    void anErasureFindsTheNumberInThemToo() throws Exception {
        store.append(List.of(incoming("m1", Progress.SENT)));
        Erasure erasure =
                store.housekeeping().erasure(PhoneNumber.of("+12025550143").orElseThrow());
        long messages = 0;
        boolean more = true;
        while (more) {
            Erasure.Erased step = erasure.step(10);
            messages += step.messages();
            more = step.more();
        }
        assertThat(messages).isEqualTo(1);
        assertThat(rows("arrival")).isZero();
    }

    @Test
    void whoeverCopiesTheDatabaseTakesThemAlong() throws Exception {
        store.append(List.of(incoming("m1", Progress.SENT)));
        SqliteCopySource.open(file).close();
        assertThat(rows("arrival")).isZero();
        assertThat(rows("message")).isEqualTo(1);
    }

    @Test
    void aStopLeavesNone() throws Exception {
        store.append(List.of(incoming("m1", Progress.SENT)));
        beside.close();
        store.close();
        assertThat(rows("arrival")).isZero();
        assertThat(statusOf(foreign, "m1")).isEqualTo(SendStatus.SENT);
    }

    private static SendStatus statusOf(Reads reads, String id) throws StoreException {
        return MessageState.of(reads.message(key(id)).orElseThrow().history()).status();
    }

    private static List<Long> sequences(Reads reads, String id) throws StoreException {
        return reads.message(key(id)).orElseThrow().history().events().stream()
                .map(RecordedEvent::sequence)
                .toList();
    }

    private static MessageKey key(String id) {
        return new MessageKey(Histories.PROVIDER, id);
    }

    private static DeliveryEvent event(String id, Progress progress) {
        return DeliveryEvent.of(key(id), Direction.OUTBOUND, progress, progress.name())
                .to("+12025550143")
                .build();
    }

    private static Incoming incoming(String id, Progress progress) {
        return new Incoming(ACCOUNT, Source.WEBHOOK, NOW, raw(id + " " + progress), List.of(event(id, progress)), null);
    }

    private static RawCallback raw(String body) {
        return new RawCallback("POST", null, null, body.getBytes(StandardCharsets.UTF_8));
    }

    private long rows(String table) throws SQLException {
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }
}
