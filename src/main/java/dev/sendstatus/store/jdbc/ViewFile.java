package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.SqlAnswer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of SQLite whose tables have the names and the rows of views. Complete once it is finished. One thread. */
public final class ViewFile implements AutoCloseable {
    private static final int TOGETHER = 500;

    private final Connection connection;
    private final List<Table> tables = new ArrayList<>();

    /** @param path of an empty file that nobody else knows */
    public ViewFile(Path path) throws IOException {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + path);
            try (Statement statement = connection.createStatement()) {
                // A file that is not finished is thrown away.
                statement.execute("PRAGMA journal_mode = OFF");
                statement.execute("PRAGMA synchronous = OFF");
            }
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static IOException failure(SQLException e) {
        return new IOException(String.valueOf(e.getMessage()), e);
    }

    /** Takes the rows of the view of that name. */
    public SqlAnswer table(String name) {
        Table table = new Table(name);
        tables.add(table);
        return table;
    }

    public void finish() throws IOException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (Table table : tables) {
                table.close();
            }
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private final class Table implements SqlAnswer {
        private final String name;
        private @Nullable PreparedStatement insert;
        private int waiting;

        Table(String name) {
            this.name = name;
        }

        @Override
        public void columns(List<String> names) throws IOException {
            try (Statement statement = connection.createStatement()) {
                // Without types each value stays what it is.
                statement.execute("CREATE TABLE " + name + " (" + String.join(", ", names) + ")");
                insert = connection.prepareStatement(
                        "INSERT INTO " + name + " VALUES (?" + ", ?".repeat(names.size() - 1) + ")");
            } catch (SQLException e) {
                throw failure(e);
            }
        }

        @Override
        public void row(List<@Nullable Object> values) throws IOException {
            PreparedStatement row = insert;
            if (row == null) {
                throw new IllegalStateException("a row before the columns");
            }
            try {
                for (int i = 0; i < values.size(); i++) {
                    row.setObject(i + 1, stored(values.get(i)));
                }
                row.addBatch();
                if (++waiting == TOGETHER) {
                    row.executeBatch();
                    waiting = 0;
                }
            } catch (SQLException e) {
                throw failure(e);
            }
        }

        private static @Nullable Object stored(@Nullable Object value) {
            if (value instanceof Boolean truth) {
                return truth ? 1 : 0;
            }
            return value instanceof BigDecimal number ? (Object) number.doubleValue() : value;
        }

        @Override
        public void end() throws IOException {
            try (Statement statement = connection.createStatement()) {
                if (insert != null) {
                    insert.executeBatch();
                }
                statement.execute("CREATE INDEX " + name + "_id ON " + name + " (id)");
            } catch (SQLException e) {
                throw failure(e);
            }
        }

        void close() throws SQLException {
            if (insert != null) {
                insert.close();
            }
        }
    }
}
