package dev.sendstatus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.CollectedAnswer;
import dev.sendstatus.store.SqlQuestionContract;
import dev.sendstatus.store.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresSqlQuestionTest extends SqlQuestionContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.postgres();

    @Override
    protected TestDatabase database() {
        return database;
    }

    @Override
    protected List<String> refusedHere() {
        return List.of(
                "SELECT nextval('message_id')",
                "SELECT setval('message_id', 7)",
                "SELECT 1 AS a INTO mine",
                "SELECT 1 AS a INTO TEMPORARY mine",
                "CREATE TABLE mine AS SELECT 1",
                "SELECT name FROM token FOR UPDATE",
                "COPY token TO '/tmp/tokens'",
                "COPY (SELECT 1) TO PROGRAM 'cat'",
                "DO $$ BEGIN DELETE FROM token; END $$",
                "SET default_transaction_read_only = off",
                "SELECT set_config('transaction_read_only', 'off', false)",
                "PREPARE p AS DELETE FROM token",
                "LOCK TABLE token",
                "NOTIFY x",
                "SELECT lo_create(0)",
                "TRUNCATE token",
                "CALL nothing()");
    }

    @Override
    protected List<String[]> mistakes() {
        return List.of(
                new String[] {"SELECT * FROM mesages", "relation \"mesages\" does not exist (line 1, character 15)"},
                new String[] {
                    "SELECT id,\n  statsu\nFROM messages",
                    "column \"statsu\" does not exist (line 2, character 3)."
                            + " Perhaps you meant to reference the column \"messages.status\"."
                },
                new String[] {
                    "SELECT * FORM messages",
                    "syntax error at or near \"FORM\" (line 1, character 10). Only one statement that reads is taken: SELECT, VALUES,"
                            + " or WITH before a SELECT"
                },
                new String[] {"SELECT nextval('message_id')", "cannot execute nextval() in a read-only transaction"},
                new String[] {"SELECT 1 / 0", "division by zero"});
    }

    @Test
    void theServerEndsAQuestionBeforeTheConnectionIsGivenUp() throws Exception {
        assertThat(CollectedAnswer.of(database().reads(), "SELECT current_setting('statement_timeout') AS most"))
                .containsExactly(Map.of("most", "290s"));
        assertThat(PostgresDatabase.SCAN_SECONDS).isGreaterThan(290);
    }

    @Test
    void timesAreThoseOfUtcAsOnSqlite() throws Exception {
        assertThat(
                        CollectedAnswer.of(
                                database().reads(),
                                "SELECT timestamptz '2026-11-25 13:00:00.5+01' AS at, CAST(timestamptz '2026-11-25 00:30+01' AS date) AS day"))
                .containsExactly(Map.of("at", "2026-11-25T12:00:00.500Z", "day", "2026-11-24"));
    }
}
