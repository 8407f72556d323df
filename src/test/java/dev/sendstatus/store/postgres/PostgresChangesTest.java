package dev.sendstatus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.ChangesContract;
import dev.sendstatus.store.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresChangesTest extends ChangesContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    protected TestDatabase database() {
        return database;
    }

    @Override
    protected int writers() {
        return 3;
    }

    /** As {@code pg_restore} does it, into the same database or another one. */
    @Test
    void aDatabaseThatWasRestoredFromADumpBeginsAnotherFeed() throws Exception {
        String before = database.reads().changes(0, 0).feed();
        database.update("CREATE TABLE restored AS SELECT * FROM counter");
        database.update("DROP TABLE counter");
        database.update("ALTER TABLE restored RENAME TO counter");
        database.reopen();
        String after = database.reads().changes(0, 0).feed();
        assertThat(after).isNotEqualTo(before).matches("[0-9a-f]{16}");
        database.reopen();
        assertThat(database.reads().changes(0, 0).feed()).isEqualTo(after);
    }
}
