package dev.sendstatus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.RawSegment;
import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbers of events, with several nodes and in a cluster that counts from the start again. */
class SequencesTest {
    private DatabaseSettings settings;
    private PostgresDatabase database;
    private PostgresStore store;
    private PostgresReads reads;

    @BeforeEach
    void open() throws SQLException, StoreException {
        settings = PostgresServer.fresh();
        database = PostgresDatabase.of(settings);
        store = PostgresStore.open(database);
        reads = PostgresReads.open(database);
    }

    @AfterEach
    void close() {
        reads.close();
        store.close();
    }

    private List<Integer> segments() throws StoreException {
        List<Integer> sizes = new ArrayList<>();
        Optional<RawSegment> segment = reads.segment(0, Instant.EPOCH);
        while (segment.isPresent()) {
            sizes.add(segment.get().callbacks().size());
            segment = reads.segment(segment.get().nextSequence(), Instant.EPOCH);
        }
        return sizes;
    }

    @Test
    void aReaderWaitsForATransactionThatBeganEarlierAndIsStillOpen() throws Exception {
        store.commit(PostgresFaults.batch(0, 1));
        try (Connection slow = database.writer()) {
            slow.setAutoCommit(false);
            try (Statement statement = slow.createStatement()) {
                statement.execute("SET idle_in_transaction_session_timeout = 0");
                statement.execute("""
                        INSERT INTO segment
                        SELECT first, first + 3, 1764072000000, (SELECT body FROM segment LIMIT 1)
                        FROM (SELECT (pg_current_xact_id()::text::bigint << 16) + sequence_offset AS first
                            FROM counter) n""");
            }
            long atLeast = reads.nextSequence();
            store.commit(PostgresFaults.batch(1, 2));
            assertThat(segments()).as("while it is open").containsExactly(1);
            assertThat(reads.nextSequence()).isEqualTo(atLeast);
            slow.commit();
        }
        assertThat(segments()).as("once it is done").containsExactly(1, 1, 2);
        assertThat(reads.nextSequence()).isGreaterThan(0);
    }

    @Test
    void whatIsStoredIsThereAtOnceForWhoAsksForItself() throws Exception {
        try (Connection slow = database.writer()) {
            slow.setAutoCommit(false);
            try (Statement statement = slow.createStatement()) {
                statement.execute("UPDATE probe SET count = count + 1");
            }
            store.commit(PostgresFaults.batch(1, 1));
            assertThat(reads.messages(PostgresFaults.id(1)))
                    .singleElement()
                    .satisfies(message -> assertThat(
                                    reads.raw(message.history().events().get(0).sequence()))
                            .isPresent());
        }
    }

    /** As after a restore: the numbers of transactions are far below those of what is stored. */
    @Test
    void inAYoungerClusterTheNumbersGoOnAboveWhatIsStored() throws Exception {
        long high = 1L << 50;
        store.commit(PostgresFaults.batch(0, 1));
        try (Connection plain = PostgresServer.connection(settings);
                Statement statement = plain.createStatement()) {
            statement.execute("UPDATE segment SET first_sequence = " + high + ", next_sequence = " + (high + 1));
        }
        store.close();
        store = PostgresStore.open(database);
        assertThat(reads.nextSequence()).isGreaterThan(high);
        store.commit(PostgresFaults.batch(1, 1));
        long later = reads.messages(PostgresFaults.id(1))
                .get(0)
                .history()
                .events()
                .get(0)
                .sequence();
        assertThat(later).isGreaterThan(high);
        assertThat(segments()).containsExactly(1, 1);
        try (PostgresStore again = PostgresStore.open(database)) {
            again.commit(PostgresFaults.batch(2, 1));
        }
        assertThat(reads.messages(PostgresFaults.id(2))
                        .get(0)
                        .history()
                        .events()
                        .get(0)
                        .sequence())
                .as("a further start raises nothing without need")
                .isBetween(later + 1, later + (100L << Sequences.SHIFT));
    }
}
