package dev.sendstatus.store.postgres;

import dev.sendstatus.store.ApplyContract;
import dev.sendstatus.store.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresApplyTest extends ApplyContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    protected TestDatabase database() {
        return database;
    }

    @Override
    protected void refuseEvents(String providerStatus) throws SQLException {
        database.update("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
                CREATE TRIGGER refusing BEFORE INSERT ON event FOR EACH ROW WHEN (new.provider_status = '%s')
                    EXECUTE FUNCTION refuse()""".formatted(providerStatus));
    }

    @Override
    protected void refuseNoMore() throws SQLException {
        database.update("DROP TRIGGER refusing ON event");
    }

    @Override
    protected void damage(long callback) throws SQLException {
        database.update("UPDATE callback SET body = '\\x28b52ffd00' WHERE id = " + callback);
    }
}
