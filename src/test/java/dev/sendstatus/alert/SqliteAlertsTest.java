package dev.sendstatus.alert;

import dev.sendstatus.store.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteAlertsTest extends AlertsContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @Override
    TestDatabase database() {
        return database;
    }
}
