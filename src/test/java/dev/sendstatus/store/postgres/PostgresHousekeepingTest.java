package dev.sendstatus.store.postgres;

import dev.sendstatus.store.HousekeepingContract;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.Store;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresHousekeepingTest extends HousekeepingContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    private @Nullable Store other;

    @Override
    protected TestDatabase database() {
        return database;
    }

    @AfterEach
    void closeOther() {
        if (other != null) {
            other.close();
        }
    }

    @Override
    protected Store nodeOfTheRetention() throws StoreException {
        other = Store.open(database.dialect());
        return other;
    }
}
