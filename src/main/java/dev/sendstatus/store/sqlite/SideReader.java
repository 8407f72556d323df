package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.JDBC;

/** Reads beside the writer, in one transaction on a connection of its own: for what is read seldom, and much of it. */
final class SideReader {
    private final SqliteFile file;
    private final String doing;

    /** @param doing for what failed */
    SideReader(SqliteFile file, String doing) {
        this.file = file;
        this.doing = doing;
    }

    @FunctionalInterface
    interface Reading<T> {
        T run(Connection connection) throws SQLException, Damaged;
    }

    <T> T read(Reading<T> reading) throws StoreException {
        try (Connection connection = JDBC.createConnection(file.url(), file.readerProperties())) {
            connection.setAutoCommit(false);
            return reading.run(connection);
        } catch (SQLException e) {
            throw SqliteErrors.of(doing, e);
        } catch (Damaged e) {
            throw SqliteErrors.of(doing, e);
        }
    }
}
