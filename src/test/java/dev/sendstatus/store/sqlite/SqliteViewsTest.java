package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.ViewsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteViewsTest extends ViewsContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @Override
    protected TestDatabase database() {
        return database;
    }
}
