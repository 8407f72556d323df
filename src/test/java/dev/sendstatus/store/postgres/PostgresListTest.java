package dev.sendstatus.store.postgres;

import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.MessageListContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresListTest extends MessageListContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    protected TestDatabase database() {
        return database;
    }
}
