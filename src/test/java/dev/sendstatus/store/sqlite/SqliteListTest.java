package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.MessageListContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteListTest extends MessageListContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @Override
    protected TestDatabase database() {
        return database;
    }
}
