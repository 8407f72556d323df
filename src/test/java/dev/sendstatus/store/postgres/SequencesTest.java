package dev.sendstatus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Dialect;
import dev.sendstatus.store.jdbc.Session;
import dev.sendstatus.store.jdbc.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The numbers of events, with several nodes and in a cluster that counts from the start again. */
class SequencesTest {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    private long complete() throws StoreException {
        return database.reads().nextSequence();
    }

    private long sequence(int message) throws StoreException {
        return database.reads()
                .history(PostgresFaults.key(message))
                .events()
                .get(0)
                .sequence();
    }

    private static void execute(DatabaseSettings settings, String sql) throws SQLException {
        try (Connection plain = PostgresServer.connection(settings);
                Statement statement = plain.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aReaderWaitsForATransactionThatBeganEarlierAndIsStillOpen() throws Exception {
        database.store().commit(PostgresFaults.batch(0, 1));
        long first = sequence(0);
        assertThat(first).isLessThan(complete());
        long open;
        Dialect dialect = database.dialect();
        try (Connection connection = dialect.writer();
                Session slow = new Session(connection)) {
            open = dialect.eventNumbers(slow, 3);
            assertThat(open).isGreaterThan(first);
            database.store().commit(PostgresFaults.batch(1, 2));
            assertThat(sequence(1)).isGreaterThan(open + 2);
            assertThat(complete()).as("while it is open").isLessThanOrEqualTo(open);
            connection.commit();
        }
        assertThat(complete()).as("once it is done").isGreaterThan(sequence(2));
    }

    @Test
    void whatIsStoredIsThereAtOnceForWhoAsksForItself() throws Exception {
        Dialect dialect = database.dialect();
        try (Connection connection = dialect.writer();
                Session slow = new Session(connection)) {
            dialect.probe(slow);
            database.store().commit(PostgresFaults.batch(1, 1));
            assertThat(database.reads().messages(PostgresFaults.id(1))).hasSize(1);
            assertThat(database.reads().history(PostgresFaults.key(1)).events()).hasSize(1);
            assertThat(database.reads().callbacks().of(PostgresFaults.key(1))).hasSize(1);
        }
    }

    @Test
    void theEventsOfATransactionAreNumberedInTheOrderInWhichTheyCame() throws Exception {
        database.store().commit(PostgresFaults.batch(0, 20));
        for (int i = 1; i < 20; i++) {
            assertThat(sequence(i)).isEqualTo(sequence(0) + i);
        }
    }

    /** As after a restore: the numbers of transactions are far below those of what is stored. */
    @Test
    void inAYoungerClusterTheNumbersGoOnAboveWhatIsStored() throws Exception {
        long high = 1L << 50;
        database.store().commit(PostgresFaults.batch(0, 1));
        execute(database.settings(), "UPDATE event SET id = " + high);
        database.reopen();
        assertThat(complete()).isGreaterThan(high);
        database.store().commit(PostgresFaults.batch(1, 1));
        long later = sequence(1);
        assertThat(later).isGreaterThan(high);
        try (Store again = Store.open(database.dialect())) {
            again.commit(PostgresFaults.batch(2, 1));
        }
        assertThat(sequence(2))
                .as("a further start raises nothing without need")
                .isBetween(later + 1, later + (100L << Sequences.SHIFT));
    }

    /** What retention has removed was seen by those who follow the numbers. */
    @Test
    void inAYoungerClusterTheNumbersGoOnAboveWhatWasRemoved() throws Exception {
        database.store().commit(PostgresFaults.batch(0, 1));
        execute(database.settings(), "UPDATE counter SET event_offset = event_offset + " + (1L << 50));
        database.store().commit(PostgresFaults.batch(1, 1));
        long high = sequence(1);
        database.reopen();
        execute(database.settings(), "DELETE FROM event");
        execute(database.settings(), "UPDATE counter SET event_offset = 0");
        database.reopen();
        database.store().commit(PostgresFaults.batch(2, 1));
        assertThat(sequence(2)).isGreaterThan(high);
    }
}
