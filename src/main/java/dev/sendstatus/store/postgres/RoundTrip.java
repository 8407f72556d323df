package dev.sendstatus.store.postgres;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that change rows and go to the server together: one after another, each would wait for an answer. The later ones see what
 * the earlier ones did. Used within {@link WriteConnection#write}, by one thread.
 */
final class RoundTrip {
    private static final int ANY = -1;

    private final WriteConnection connection;
    private final StringBuilder statements = new StringBuilder();
    private final List<Array> parameters = new ArrayList<>();
    private final List<Integer> expected = new ArrayList<>();

    RoundTrip(WriteConnection connection) {
        this.connection = connection;
    }

    WriteConnection connection() {
        return connection;
    }

    /** @param values as many as the statement has parameters */
    void add(String statement, Array... values) {
        add(ANY, statement, values);
    }

    /** One that must change so many rows: else all fails. */
    void add(int rows, String statement, Array... values) {
        statements.append(expected.isEmpty() ? "" : ";\n").append(statement);
        expected.add(rows);
        parameters.addAll(List.of(values));
    }

    void run() throws SQLException {
        if (expected.isEmpty()) {
            return;
        }
        // One of a few texts, by which of the statements there are.
        PreparedStatement all = connection.prepared(statements.toString());
        for (int i = 0; i < parameters.size(); i++) {
            all.setArray(i + 1, parameters.get(i));
        }
        all.execute();
        for (int rows : expected) {
            if (rows != ANY && all.getUpdateCount() != rows) {
                throw new SQLException("rows that were locked are not there", "XX000");
            }
            all.getMoreResults();
        }
    }
}
