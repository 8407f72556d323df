package dev.sendstatus.store.postgres;

import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.jdbc.MessagePlanContract;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresPlanTest extends MessagePlanContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    protected TestDatabase database() {
        return database;
    }

    @Override
    protected String explain() {
        return "EXPLAIN ";
    }

    @Override
    protected List<String> wholeTables() {
        return List.of("Seq Scan on message", "Seq Scan on recipient", "Seq Scan on stuck");
    }

    @Override
    protected String sorting() {
        return "Sort Key";
    }
}
