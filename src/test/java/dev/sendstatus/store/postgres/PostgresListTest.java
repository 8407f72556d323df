package dev.sendstatus.store.postgres;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageListContract;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class PostgresListTest extends MessageListContract {
    private PostgresDatabase database;
    private final MessageLists lists = new MessageLists(new MessageDecoder(new PostgresDictionary()));
    private Connection plain;
    private PostgresStore store;
    private PostgresReads reads;

    @BeforeEach
    void make() throws SQLException, StoreException {
        database = PostgresDatabase.of(PostgresServer.fresh());
        plain = database.scanner();
        open();
    }

    private void open() throws StoreException {
        store = PostgresStore.open(database);
        reads = PostgresReads.open(database);
    }

    @AfterEach
    void end() throws SQLException {
        close();
        plain.close();
    }

    private void close() {
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

    /** Every transaction leaves some out. */
    @Override
    protected void passSequences(int count) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyFilterAndEveryCombinationFindsWhatASearchThroughEverythingFinds(long seed) throws Exception {
        findsWhatASearchThroughEverythingFinds(seed);
    }

    /** Pages of a window and of work as small, so that all ways to look for messages are taken in turn. */
    @Override
    protected List<MessageKey> inLittleSteps(MessageFilter filter, int work) throws Exception {
        List<MessageKey> keys = new ArrayList<>();
        MessagePages pages = new MessagePages(lists, 4 * work, 8 * work);
        Long before = null;
        do {
            MessagePage page = pages.page(plain, filter, before, 2 * work);
            page.messages().forEach(message -> keys.add(message.history().message()));
            before = page.next();
        } while (before != null);
        return keys;
    }
}
