package dev.sendstatus.store.postgres;

import dev.sendstatus.store.ErasureContract;
import dev.sendstatus.store.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresErasureTest extends ErasureContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    protected TestDatabase database() {
        return database;
    }
}
