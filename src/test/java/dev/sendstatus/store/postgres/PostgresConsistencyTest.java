package dev.sendstatus.store.postgres;

import dev.sendstatus.store.ConsistencyContract;
import dev.sendstatus.store.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresConsistencyTest extends ConsistencyContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    protected TestDatabase database() {
        return database;
    }
}
