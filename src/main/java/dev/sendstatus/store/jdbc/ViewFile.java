package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.SqlAnswer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of SQLite whose tables have the names and the rows of views. Complete once it is finished. One thread. */
public final class ViewFile implements AutoCloseable {
    private static final int TOGETHER = 500;

    private final Connection connection;
    private final Session session;

    /** @param path of an empty file that nobody else knows */
    public ViewFile(Path path) throws IOException {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + path);
            session = new Session(connection);
            // A file that is not finished is thrown away.
            execute("PRAGMA journal_mode = OFF");
            execute("PRAGMA synchronous = OFF");
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static IOException failure(SQLException e) {
        return new IOException(String.valueOf(e.getMessage()), e);
    }

    /** Takes the rows of the view of that name. */
    public SqlAnswer table(String name) {
        return new Table(name);
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
            session.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private final class Table implements SqlAnswer {
        private final String name;
        private final List<@Nullable Object[]> waiting = new ArrayList<>();
        private String insert = "";

        Table(String name) {
            this.name = name;
        }

        @Override
        public void columns(List<String> names) throws IOException {
            insert = "INSERT INTO " + name + " VALUES (?" + ", ?".repeat(names.size() - 1) + ")";
            try {
                // Without types each value stays what it is.
                execute("CREATE TABLE " + name + " (" + String.join(", ", names) + ")");
            } catch (SQLException e) {
                throw failure(e);
            }
        }

        @Override
        public void row(List<@Nullable Object> values) throws IOException {
            waiting.add(values.stream().map(Table::stored).toArray());
            if (waiting.size() == TOGETHER) {
                write();
            }
        }

        private static @Nullable Object stored(@Nullable Object value) {
            if (value instanceof Boolean truth) {
                return truth ? 1 : 0;
            }
            return value instanceof BigDecimal number ? (Object) number.doubleValue() : value;
        }

        private void write() throws IOException {
            try {
                session.batch(insert, waiting, row -> row);
                waiting.clear();
            } catch (SQLException e) {
                throw failure(e);
            }
        }

        @Override
        public void end() throws IOException {
            write();
            try {
                execute("CREATE INDEX " + name + "_id ON " + name + " (id)");
            } catch (SQLException e) {
                throw failure(e);
            }
        }
    }
}
