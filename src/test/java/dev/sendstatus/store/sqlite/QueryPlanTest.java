package dev.sendstatus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How SQLite says that it runs each statement that lists and look-ups use: never through a whole table. */
class QueryPlanTest {
    @TempDir
    private Path folder;

    /** A statement, and what its plan must name. */
    private record Planned(String sql, String by) {}

    static List<Planned> statements() {
        return List.of(
                new Planned(CandidatePlan.SELECT_FACET, "SEARCH facet USING PRIMARY KEY (value=? AND block<?)"),
                new Planned(CandidatePlan.SELECT_SPAN, "SEARCH span USING INTEGER PRIMARY KEY (rowid<?)"),
                new Planned(CandidatePlan.SELECT_LATE, "SEARCH late_posting USING PRIMARY KEY (hash=? AND id<?)"),
                new Planned(CandidatePlan.SELECT_OPEN, "SEARCH message USING COVERING INDEX message_open (account=?"),
                new Planned(CandidatePlan.SELECT_STUCK, "SEARCH stuck USING COVERING INDEX stuck_active (ended_at=?)"),
                new Planned(PostedIds.SELECT, "SEARCH posting USING INTEGER PRIMARY KEY (rowid=?)"),
                new Planned(PostedIds.SELECT_LAST_BEFORE, "SEARCH posting USING INTEGER PRIMARY KEY (rowid<?)"),
                new Planned(
                        PostingIndexer.SELECT_MESSAGES,
                        "SEARCH message USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
                new Planned(
                        MessageScanner.SELECT_MESSAGES,
                        "SEARCH message USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
                new Planned(MessageScanner.SELECT_NEWEST, "SEARCH message"),
                new Planned(KeyIndex.SELECT_RECENT, "SEARCH key_run USING INTEGER PRIMARY KEY (rowid<?)"),
                new Planned(KeyIndex.SELECT_SORTED, "SEARCH key_run USING INTEGER PRIMARY KEY (rowid=?)"),
                new Planned(KeyFilter.SELECT, "SEARCH key_run USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
                new Planned(MessageDecoder.SELECT_ONE, "SEARCH message USING INTEGER PRIMARY KEY (rowid=?)"),
                new Planned(FlagTable.SELECT_FLAG, "SEARCH stuck USING PRIMARY KEY (key=?)"));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void noStatementGoesThroughAWholeTable(Planned planned) throws Exception {
        SqliteFile file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("p.db"), null, null));
        file.prepare();
        List<String> plan = new ArrayList<>();
        try (Connection connection = file.writer(100);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "EXPLAIN QUERY PLAN " + planned.sql().replace("?", "1"))) {
            while (rows.next()) {
                plan.add(rows.getString("detail"));
            }
        }
        assertThat(plan).anySatisfy(step -> assertThat(step).startsWith(planned.by()));
        // Only the few accounts and what a statement has made itself, s, is gone through.
        assertThat(plan).noneMatch(step -> step.startsWith("SCAN") && !step.equals("SCAN s"));
    }
}
