package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.CopiedTable;
import dev.sendstatus.store.jdbc.CopyDialect;
import dev.sendstatus.store.jdbc.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;

/** A SQLite file that is copied, or copied into: nobody else has it open meanwhile. */
public record SqliteCopyDialect(SqliteFile file) implements CopyDialect {
    // When its tables were made: a copy of the file has the same, and is the same database.
    private static final String SELECT_IDENTITY =
            "SELECT 'sqlite ' || installed_on FROM flyway_schema_history ORDER BY installed_rank LIMIT 1";
    private static final String SELECT_INDEXES =
            "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
    private static final String SELECT_NUMBERS = "SELECT name, next FROM counter WHERE name <> 'probe'";
    private static final String RAISE = "UPDATE counter SET next = max(next, ?) WHERE name = ?";

    @Override
    public void prepare() throws StoreException {
        file.prepare();
    }

    @Override
    public boolean isInUse() throws StoreException {
        if (!file.exists()) {
            return false;
        }
        try (Connection alone = file.alone(true)) {
            return alone.isClosed();
        } catch (SQLException e) {
            if (SqliteErrors.code(e) == SQLiteErrorCode.SQLITE_BUSY.code) {
                return true;
            }
            throw file.cannotOpen(e);
        }
    }

    @Override
    public Connection source() throws SQLException {
        return file.alone(true);
    }

    @Override
    public Connection target() throws SQLException {
        return file.alone(false);
    }

    @Override
    public String identity() {
        return SELECT_IDENTITY;
    }

    @Override
    public String indexes() {
        return SELECT_INDEXES;
    }

    @Override
    public String numbers() {
        return SELECT_NUMBERS;
    }

    @Override
    public void finish(Session session, Map<String, Long> numbers) throws SQLException {
        session.batch(RAISE, numbers.entrySet(), kind -> new Object[] {kind.getValue(), kind.getKey()});
    }

    @Override
    public void empty(Session session, CopiedTable table) throws SQLException {
        session.update("DELETE FROM " + table.table());
    }

    @Override
    public StoreException failure(String doing, SQLException e) {
        return SqliteErrors.of(doing, e);
    }
}
