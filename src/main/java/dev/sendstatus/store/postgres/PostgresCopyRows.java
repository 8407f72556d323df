package dev.sendstatus.store.postgres;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.copy.CopyRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of a statement, which is closed with them. */
final class PostgresCopyRows<T> implements CopyRows<T> {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCopyRows.class);

    private final String doing;
    private final PreparedStatement select;
    private final ResultSet rows;
    private final Reader<T> reader;

    /** What a row says. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException, Damaged;
    }

    PostgresCopyRows(String doing, PreparedStatement select, Reader<T> reader) throws SQLException {
        this.doing = doing;
        this.select = select;
        this.rows = select.executeQuery();
        this.reader = reader;
    }

    @Override
    public @Nullable T next() throws StoreException {
        try {
            return rows.next() ? reader.read(rows) : null;
        } catch (SQLException e) {
            throw PostgresErrors.of(doing, e);
        } catch (Damaged e) {
            throw PostgresErrors.of(doing, e);
        }
    }

    @Override
    public void close() {
        try {
            select.close();
        } catch (SQLException e) {
            LOG.warn("ending a reading: {}", e.getMessage());
        }
    }
}
