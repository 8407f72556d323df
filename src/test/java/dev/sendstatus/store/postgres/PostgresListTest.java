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

class PostgresListTest extends MessageListContract {
    private PostgresDatabase database;
    private PostgresStore store;
    private PostgresReads reads;

    @BeforeEach
    void make() throws SQLException, StoreException {
        database = PostgresDatabase.of(PostgresServer.fresh());
        open();
    }

    private void open() throws StoreException {
        store = PostgresStore.open(database);
        reads = PostgresReads.open(database);
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

    /** Every transaction leaves some out. */
    @Override
    protected void passSequences(int count) {}

    @Override
    protected List<MessageKey> inLittleSteps(MessageFilter filter, int work) throws Exception {
        List<MessageKey> keys = new ArrayList<>();
        MessageLists lists = new MessageLists(new MessageDecoder(new PostgresDictionary()));
        try (Connection connection = database.scanner()) {
            Long before = null;
            do {
                MessagePage page = new MessagePages(lists, 1).page(connection, filter, before, work);
                page.messages().forEach(message -> keys.add(message.history().message()));
                before = page.next();
            } while (before != null);
        }
        return keys;
    }
}
