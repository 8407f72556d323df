package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.BackupFailed;
import dev.sendstatus.store.jdbc.Schema;
import dev.sendstatus.store.jdbc.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** Reads a backup from end to end, before it is trusted. */
final class BackupCheck {
    private static final byte[] BEGINNING = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final String HAS_TABLES = "SELECT count(*) FROM sqlite_master WHERE name = 'flyway_schema_history'";
    private static final String SELECT_VERSION =
            "SELECT version FROM flyway_schema_history WHERE success = 1 ORDER BY installed_rank DESC LIMIT 1";

    private BackupCheck() {}

    /**
     * The content of a whole backup.
     *
     * @param numbers how many numbers were ever given to rows
     */
    record Contents(long messages, long callbacks, long numbers) {}

    static Contents of(Path file) throws BackupFailed {
        requireDatabase(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Session session =
                new Session(JDBC.createConnection(SqliteFile.URL_PREFIX + file, config.toProperties()))) {
            String said = text(session, "PRAGMA integrity_check(1)");
            if (!said.equals("ok")) {
                throw new BackupFailed(file + " is damaged: " + said + ". Use another backup.");
            }
            if (session.number(HAS_TABLES) == 0) {
                throw new BackupFailed(file + " is a database of something else: it has none of Sendstatus's tables.");
            }
            int version = Integer.parseInt(text(session, SELECT_VERSION));
            if (version > Schema.NEWEST) {
                throw new BackupFailed(file + " was made by a newer version, whose tables are of version " + version
                        + "; this one knows " + Schema.NEWEST + ". Use that version.");
            }
            return new Contents(
                    session.number("SELECT count(*) FROM message"),
                    session.number("SELECT count(*) FROM callback"),
                    session.number("SELECT sum(next) FROM counter"));
        } catch (SQLException e) {
            throw new BackupFailed(file + " is damaged: " + e.getMessage() + ". Use another backup.", e);
        }
    }

    private static void requireDatabase(Path file) throws BackupFailed {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(BEGINNING.length), BEGINNING)) {
                throw new BackupFailed(file + " is no SQLite database.");
            }
        } catch (IOException e) {
            throw new BackupFailed("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String text(Session session, String sql) throws SQLException {
        return session.<String>first(sql, row -> row.getString(1)).orElse("");
    }
}
