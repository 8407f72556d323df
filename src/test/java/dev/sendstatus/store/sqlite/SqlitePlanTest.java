package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.MessagePlanContract;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlitePlanTest extends MessagePlanContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @Override
    protected TestDatabase database() {
        return database;
    }

    @Override
    protected String explain() {
        return "EXPLAIN QUERY PLAN ";
    }

    @Override
    protected List<String> wholeTables() {
        return List.of("SCAN m", "SCAN r", "SCAN t", "SCAN d", "SCAN s");
    }

    @Override
    protected String sorting() {
        return "TEMP B-TREE";
    }
}
