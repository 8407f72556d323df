package dev.sendstatus.channel;

import dev.sendstatus.store.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteNoticesTest extends NoticesContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @Override
    TestDatabase database() {
        return database;
    }
}
