package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.SqlQuestionContract;
import dev.sendstatus.store.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteSqlQuestionTest extends SqlQuestionContract {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @Override
    protected TestDatabase database() {
        return database;
    }

    @Override
    protected List<String> refusedHere() {
        return List.of(
                "PRAGMA query_only = OFF",
                "PRAGMA user_version = 7",
                "PRAGMA journal_mode = DELETE",
                "PRAGMA journal_mode(DELETE)",
                "SELECT * FROM pragma_query_only(0)",
                "SELECT * FROM pragma_journal_mode('delete')",
                "ATTACH 'other.db' AS other",
                "DETACH main",
                "VACUUM INTO 'other.db'",
                "backup to other.db",
                "REINDEX",
                "ANALYZE",
                "REPLACE INTO token SELECT * FROM token",
                "SELECT load_extension('other')");
    }

    @Override
    protected List<String[]> mistakes() {
        return List.of(
                new String[] {"SELECT * FROM mesages", "no such table: mesages"},
                new String[] {"SELECT statsu FROM messages", "no such column: statsu"},
                new String[] {"SELECT nope(1)", "no such function: nope"},
                new String[] {
                    "SELECT * FORM messages",
                    "near \"FORM\": syntax error. Only one statement that reads is taken: SELECT, VALUES, or WITH before a SELECT"
                },
                new String[] {"SELECT abs(-9223372036854775808)", "integer overflow"});
    }
}
