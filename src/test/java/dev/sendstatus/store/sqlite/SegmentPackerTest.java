package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Erasure;
import dev.sendstatus.store.Erasure.Erased;
import dev.sendstatus.store.Housekeeping;
import dev.sendstatus.store.Housekeeping.Step;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.RawSegment;
import dev.sendstatus.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw callbacks that were committed a few at a time, packed together afterwards. */
class SegmentPackerTest {
    private static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String PERSON = "+12025550143";

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

    /** So many commits of one callback each, a second apart. */
    private void commit(Instant from, int count) throws StoreException {
        for (int i = 0; i < count; i++) {
            Instant at = from.plusSeconds(i);
            store.commit(List.of(callback(at, "to=" + PERSON + "&at=" + at)));
        }
    }

    private static Incoming callback(Instant at, String body) {
        DeliveryEvent event = DeliveryEvent.of(
                        new MessageKey(Histories.PROVIDER, "m" + at), Direction.OUTBOUND, Progress.SENT, "sent")
                .to(PERSON)
                .build();
        RawCallback raw = new RawCallback("POST", "q=" + at, "text/plain", body.getBytes(StandardCharsets.UTF_8));
        return new Incoming(ACCOUNT, Source.WEBHOOK, at, raw, List.of(event), null);
    }

    private void pack() throws StoreException {
        boolean more = true;
        while (more) {
            more = store.indexNext();
        }
    }

    private long segments() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.path());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM segment")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.path());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<RawSegment.Entry> callbacks(long from, Instant since) throws StoreException {
        List<RawSegment.Entry> callbacks = new ArrayList<>();
        Optional<RawSegment> segment = reads.segment(from, since);
        while (segment.isPresent()) {
            callbacks.addAll(segment.get().callbacks());
            segment = reads.segment(segment.get().nextSequence(), since);
        }
        return callbacks;
    }

    @Test
    void thoseOfAnHourAreOneAndEachIsReadAsBefore() throws Exception {
        commit(NOON, 100);
        commit(NOON.plus(Duration.ofHours(1)), 1);
        List<RawSegment.Entry> before = callbacks(0, Instant.EPOCH);
        pack();
        assertThat(segments()).isEqualTo(2);
        assertThat(callbacks(0, Instant.EPOCH))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(before);
        for (RawSegment.Entry entry : before) {
            assertThat(reads.raw(entry.sequence()).orElseThrow())
                    .usingRecursiveComparison()
                    .isEqualTo(entry.callback());
        }
    }

    @Test
    void theHourThatGoesOnIsLeftAloneUntilItsSegmentsAreMany() throws Exception {
        commit(NOON, 1_000);
        pack();
        assertThat(segments()).isEqualTo(1_000);
        commit(NOON.plusSeconds(1_000), 30);
        pack();
        assertThat(segments()).isEqualTo(1 + 6);
        pack();
        assertThat(segments()).isEqualTo(1 + 6);
    }

    @Test
    void aReaderThatIsUnderWayMissesNoneAndReadsNoneTwice() throws Exception {
        commit(NOON, 20);
        commit(NOON.plus(Duration.ofHours(1)), 1);
        List<RawSegment.Entry> all = callbacks(0, Instant.EPOCH);
        RawSegment first = reads.segment(0, Instant.EPOCH).orElseThrow();
        RawSegment second = reads.segment(first.nextSequence(), Instant.EPOCH).orElseThrow();
        pack();
        assertThat(callbacks(second.nextSequence(), Instant.EPOCH))
                .extracting(RawSegment.Entry::sequence)
                .containsExactlyElementsOf(all.subList(2, 21).stream()
                        .map(RawSegment.Entry::sequence)
                        .toList());
    }

    @Test
    void fromATimeOnMeansEachCallbacksOwn() throws Exception {
        commit(NOON, 20);
        commit(NOON.plus(Duration.ofHours(1)), 1);
        pack();
        assertThat(callbacks(0, NOON.plusSeconds(15))).hasSize(6);
    }

    @Test
    void retentionRemovesThemOnceTheLastIsOldEnough() throws Exception {
        commit(NOON, 20);
        commit(NOON.plus(Duration.ofHours(1)), 1);
        pack();
        assertThat(removed(NOON.plusSeconds(19))).isZero();
        assertThat(removed(NOON.plusSeconds(20))).isEqualTo(20);
        assertThat(callbacks(0, Instant.EPOCH)).hasSize(1);
    }

    private long removed(Instant before) throws StoreException {
        Housekeeping housekeeping = store.housekeeping();
        long removed = 0;
        for (boolean more = true; more; ) {
            Step step = housekeeping.removeRaw(before, 100);
            removed += step.removed();
            more = step.more();
        }
        return removed;
    }

    @Test
    void anErasureThatIsUnderWayEmptiesWhatWasPackedMeanwhile() throws Exception {
        commit(NOON, 1);
        Instant later = NOON.plusSeconds(1);
        store.commit(List.of(callback(later, "to=+12025550100")));
        commit(NOON.plusSeconds(2), 600);
        commit(NOON.plus(Duration.ofHours(1)), 1);
        Erasure erasure = store.housekeeping().erasure(PhoneNumber.of(PERSON).orElseThrow());
        Erased erased = erasure.step(1);
        pack();
        assertThat(segments()).isEqualTo(2);
        while (erased.more()) {
            erased = erased.and(erasure.step(1));
        }
        assertThat(erased.rawCallbacks()).isEqualTo(602);
        List<RawSegment.Entry> left = callbacks(0, Instant.EPOCH);
        assertThat(left).hasSize(603);
        assertThat(left)
                .filteredOn(entry -> entry.callback().body().length > 0)
                .singleElement()
                .satisfies(other -> assertThat(other.receivedAt()).isEqualTo(later));
    }

    @Test
    void whatIsDamagedStaysAsItIsWithItsNeighbours() throws Exception {
        commit(NOON, 10);
        commit(NOON.plus(Duration.ofHours(1)), 10);
        commit(NOON.plus(Duration.ofHours(2)), 1);
        execute("UPDATE segment SET body = x'05ff' WHERE first_sequence = 3");
        pack();
        assertThat(segments()).isEqualTo(10 + 1 + 1);
        assertThat(callbacks(0, Instant.EPOCH)).hasSize(20);
    }

    @Test
    void whatWasChangedSinceItWasReadIsNotReplaced() throws Exception {
        commit(NOON, 10);
        commit(NOON.plus(Duration.ofHours(1)), 1);
        try (WriteConnection writer = new WriteConnection(file, new SqliteDictionary())) {
            SegmentPacker packer = new SegmentPacker(file, writer);
            SegmentPacker.Found found = packer.find();
            assertThat(found.packs()).hasSize(1);
            execute("DELETE FROM segment WHERE first_sequence = 3");
            packer.replace(found.packs().get(0));
        }
        assertThat(segments()).isEqualTo(10);
    }
}
