package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.StoreContract;
import dev.sendstatus.store.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteContractTest extends StoreContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @Override
    protected TestDatabase database() {
        return database;
    }
}
