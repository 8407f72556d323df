package dev.sendstatus.store.postgres;

import dev.sendstatus.store.HousekeepingContract;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresHousekeepingTest extends HousekeepingContract {
    private PostgresStore store;
    private PostgresReads reads;

    @BeforeEach
    void open() throws SQLException, StoreException {
        PostgresDatabase database = PostgresDatabase.of(PostgresServer.fresh());
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
}
