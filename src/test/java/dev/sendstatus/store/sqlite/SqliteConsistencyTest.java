package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.ConsistencyContract;
import dev.sendstatus.store.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteConsistencyTest extends ConsistencyContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @Override
    protected TestDatabase database() {
        return database;
    }
}
