package dev.sendstatus.register;

import dev.sendstatus.store.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresRegistrationRaceTest extends RegistrationRaceContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    TestDatabase database() {
        return database;
    }
}
