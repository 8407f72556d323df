package dev.sendstatus.alert;

import dev.sendstatus.store.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresAlertsTest extends AlertsContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    TestDatabase database() {
        return database;
    }
}
