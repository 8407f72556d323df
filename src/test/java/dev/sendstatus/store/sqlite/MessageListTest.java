package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageListContract;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.codec.Damaged;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class MessageListTest extends MessageListContract {
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

    @Override
    protected void reopen() throws StoreException {
        close();
        open();
    }

    @Override
    protected void passSequences(int count) throws SQLException {
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE counter SET next_sequence = next_sequence + " + count);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyFilterAndEveryCombinationFindsWhatASearchThroughEverythingFinds(long seed) throws Exception {
        findsWhatASearchThroughEverythingFinds(seed);
    }

    @Override
    protected List<MessageKey> inLittleSteps(MessageFilter filter, int work) throws SQLException, Damaged {
        List<MessageKey> keys = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(file.url())) {
            SqliteDictionary dictionary = new SqliteDictionary();
            long before = Long.MAX_VALUE;
            boolean ended = false;
            while (!ended) {
                try (MessageScanner scanner = new MessageScanner(connection, dictionary, filter, before, work)) {
                    for (StoredMessage next = scanner.next(); next != null; next = scanner.next()) {
                        keys.add(next.history().message());
                    }
                    ended = scanner.ended();
                    before = scanner.before();
                }
            }
        }
        return keys;
    }

    /** What the writer remembers of the index must go with a transaction that is rolled back. */
    @Test
    void messagesOfACommitThatFailedAreFoundOnceTheyAreStored() throws Exception {
        try (Connection other = DriverManager.getConnection(file.url());
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TRIGGER fault BEFORE INSERT ON segment WHEN NEW.received_at = "
                    + NOW.toEpochMilli() + " BEGIN SELECT RAISE(ABORT, 'a fault'); END");
        }
        Incoming failing = fresh(new AtomicInteger(), 1).get(0);
        assertThatThrownBy(() -> store.commit(List.of(failing))).isInstanceOf(StoreException.class);
        store.commit(List.of(new Incoming(
                failing.account(), failing.source(), NOW.plusMillis(1), failing.raw(), failing.events(), null)));
        assertThat(paged(new MessageFilter.Builder().account("main").build(), 10))
                .hasSize(1);
    }
}
