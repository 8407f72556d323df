package dev.sendstatus.register;

import dev.sendstatus.store.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteRegistrationRaceTest extends RegistrationRaceContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @Override
    TestDatabase database() {
        return database;
    }
}
