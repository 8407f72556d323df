package dev.sendstatus.bench;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.text.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a database takes on disk, an event: what was received, as it is kept, and the rows and indexes that follow from it. */
final class Sizes {
    private static final String OF_SQLITE = """
            SELECT tbl_name, sum(CASE WHEN type = 'table' THEN pgsize ELSE 0 END), sum(CASE WHEN type = 'table' THEN 0 ELSE pgsize END)
            FROM dbstat JOIN sqlite_schema USING (name) WHERE aggregate = TRUE GROUP BY tbl_name ORDER BY sum(pgsize) DESC
            """;

    private static final String OF_POSTGRES = """
            SELECT relname, pg_table_size(relid), pg_indexes_size(relid) FROM pg_stat_user_tables
            ORDER BY pg_total_relation_size(relid) DESC
            """;

    private static final long SMALL = 1 << 20;

    private Sizes() {}

    static void measure(String name, DatabaseSettings database, Figures figures) throws SQLException {
        Table table = Table.figures("table", "MB", "of that indexes", "bytes an event");
        double raw = 0;
        double all = 0;
        double events;
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), "any");
                Statement statement = connection.createStatement()) {
            events = events(statement);
            try (ResultSet rows =
                    statement.executeQuery(database.url().startsWith("jdbc:sqlite:") ? OF_SQLITE : OF_POSTGRES)) {
                while (rows.next()) {
                    double indexes = rows.getDouble(3);
                    double bytes = rows.getDouble(2) + indexes;
                    all += bytes;
                    raw += rows.getString(1).equals("callback") ? bytes : 0;
                    if (bytes >= SMALL) {
                        table.row(
                                rows.getString(1),
                                Figures.whole(bytes / 1e6),
                                Figures.whole(indexes / 1e6),
                                "%.1f".formatted(bytes / events));
                    }
                }
            }
        }
        Figures.print(
                "%s: %.1f bytes an event for rows and indexes, %.1f for raw callbacks; %,.0f events"
                        .formatted(name, (all - raw) / events, raw / events, events),
                table);
        figures.put(name + "_row_bytes_per_event", (all - raw) / events, 1);
        figures.put(name + "_raw_bytes_per_event", raw / events, 1);
    }

    private static double events(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM event")) {
            row.next();
            return row.getDouble(1);
        }
    }
}
