package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Erasure.Erased;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.RawSegment;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.SegmentCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw callbacks lie in segments without what the row of their message says; whoever reads them gets them as they came. */
class WholeCallbacksTest {
    private static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final String FIRST = "SM00000000000000000000000000000001";
    private static final String SECOND = "SM00000000000000000000000000000002";
    private static final String NUMBER = "+12025550143";

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

    private static DeliveryEvent event(String id, Progress progress) {
        return DeliveryEvent.of(new MessageKey(Histories.PROVIDER, id), Direction.OUTBOUND, progress, progress.name())
                .to(NUMBER)
                .build();
    }

    private static String body(String id, Progress progress) {
        return "MessageSid=" + id + "&To=%2B" + NUMBER.substring(1) + "&MessageStatus=" + progress;
    }

    private static Incoming callback(String id, Progress progress) {
        return callback(body(id, progress), event(id, progress));
    }

    private static Incoming callback(String body, DeliveryEvent... events) {
        RawCallback raw = new RawCallback("POST", null, null, body.getBytes(StandardCharsets.UTF_8));
        return new Incoming(ACCOUNT, Source.WEBHOOK, NOON, raw, List.of(events), null);
    }

    /** As they lie in the first segment. */
    private List<SegmentCodec.Entry> stored() throws Exception {
        try (Connection connection = DriverManager.getConnection(file.url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT first_sequence, body FROM segment")) {
            row.next();
            return SegmentCodec.read(row.getBytes(2), row.getLong(1));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(file.url());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private static List<String> bodies(List<RawSegment.Entry> entries) {
        return entries.stream()
                .map(entry -> new String(entry.callback().body(), StandardCharsets.UTF_8))
                .toList();
    }

    private RawSegment segment() throws StoreException {
        return reads.segment(0, Instant.EPOCH).orElseThrow();
    }

    @Test
    void callbacksOfNewAndOfKnownMessagesAreShorterThanTheyCame() throws Exception {
        store.commit(List.of(callback(FIRST, Progress.SENT)));
        store.commit(List.of(callback(FIRST, Progress.DELIVERED), callback(SECOND, Progress.DELIVERED)));
        assertThat(stored()).allSatisfy(entry -> {
            assertThat(entry.isWhole()).isFalse();
            assertThat(entry.callback().body().length)
                    .isEqualTo(body(FIRST, Progress.SENT).length() - FIRST.length() + 1 - 11 + 1);
        });
        assertThat(segment().callbacks()).hasSize(1);
        assertThat(bodies(segment().callbacks())).containsExactly(body(FIRST, Progress.SENT));
        assertThat(bodies(reads.segment(2, Instant.EPOCH).orElseThrow().callbacks()))
                .containsExactly(body(FIRST, Progress.DELIVERED), body(SECOND, Progress.DELIVERED));
        assertThat(reads.raw(3).orElseThrow().body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(body(SECOND, Progress.DELIVERED));
    }

    @Test
    void whatNoRowHasByItsNumberStaysWhole() throws Exception {
        List<Incoming> batch = new ArrayList<>();
        batch.add(callback(FIRST, Progress.SENT));
        batch.add(callback(FIRST, Progress.SENT));
        batch.add(
                callback(body(SECOND, Progress.SENT), event(FIRST, Progress.DELIVERED), event(SECOND, Progress.SENT)));
        batch.add(callback("not understood: " + body(FIRST, Progress.SENT)));
        store.commit(batch);
        assertThat(stored()).extracting(SegmentCodec.Entry::isWhole).containsExactly(false, true, true, true);
        assertThat(bodies(segment().callbacks()))
                .containsExactlyElementsOf(batch.stream()
                        .map(incoming -> new String(incoming.raw().body(), StandardCharsets.UTF_8))
                        .toList());
    }

    @Test
    void ofAMessageThatWasRemovedNothingIsLeftToRead() throws Exception {
        store.commit(List.of(callback(FIRST, Progress.SENT), callback(SECOND, Progress.SENT)));
        execute("DELETE FROM message WHERE id = 1");
        assertThat(segment().damaged()).isFalse();
        assertThat(segment().callbacks())
                .extracting(RawSegment.Entry::isCallback)
                .containsExactly(false, true);
    }

    @Test
    void aDamagedRowTakesItsOwnCallbacksOnly() throws Exception {
        store.commit(List.of(callback(FIRST, Progress.SENT), callback(SECOND, Progress.SENT)));
        execute("UPDATE message SET history = x'00' WHERE id = 1");
        assertThat(segment().damaged()).isTrue();
        assertThat(bodies(segment().callbacks())).containsExactly(body(SECOND, Progress.SENT));
        assertThatThrownBy(() -> reads.raw(1)).isInstanceOf(StoreException.Broken.class);
        assertThat(reads.raw(2)).isPresent();
    }

    @Test
    void anErasureEmptiesTheOthersOfASegmentWithOneThatCannotBeRead() throws Exception {
        store.commit(List.of(callback(FIRST, Progress.SENT), callback(SECOND, Progress.SENT)));
        execute("UPDATE message SET history = x'00' WHERE id = 1");
        Erased erased = store.housekeeping()
                .erasure(PhoneNumber.of(NUMBER).orElseThrow())
                .step(100);
        assertThat(erased.rawCallbacks()).isEqualTo(1);
        assertThat(erased.unreadable()).isEqualTo(1);
    }

    @Test
    void aRowWithoutTheEventIsDamaged() throws Exception {
        store.commit(List.of(callback(FIRST, Progress.SENT)));
        store.commit(List.of(callback(FIRST, Progress.DELIVERED)));
        store.commit(List.of(callback(SECOND, Progress.SENT)));
        execute("UPDATE message SET history = (SELECT history FROM message WHERE id = 3) WHERE id = 1");
        assertThatThrownBy(() -> reads.raw(2))
                .isInstanceOf(StoreException.Broken.class)
                .hasMessageContaining("has no event 2");
    }
}
