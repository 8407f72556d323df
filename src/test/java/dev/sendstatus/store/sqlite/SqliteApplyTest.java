package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.ApplyContract;
import dev.sendstatus.store.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteApplyTest extends ApplyContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @Override
    protected TestDatabase database() {
        return database;
    }

    @Override
    protected void refuseEvents(String providerStatus) throws SQLException {
        database.update("CREATE TRIGGER refusing BEFORE INSERT ON event WHEN new.provider_status = '" + providerStatus
                + "' BEGIN SELECT raise(ABORT, 'refused'); END");
    }

    @Override
    protected void refuseNoMore() throws SQLException {
        database.update("DROP TRIGGER refusing");
    }

    @Override
    protected void damage(long callback) throws SQLException {
        database.update("UPDATE callback SET body = x'28b52ffd00' WHERE id = " + callback);
    }
}
