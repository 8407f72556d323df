package dev.sendstatus.channel;

import dev.sendstatus.store.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresNoticesTest extends NoticesContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    TestDatabase database() {
        return database;
    }
}
