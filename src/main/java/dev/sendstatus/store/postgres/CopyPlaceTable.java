package dev.sendstatus.store.postgres;

import dev.sendstatus.store.copy.CopyPlace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** How far a copy into this database has come: a table with one row, there only as long as the copy is not finished. */
final class CopyPlaceTable {
    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS migration (
                id          integer PRIMARY KEY CHECK (id = 0),
                source      text    NOT NULL,
                since       bigint  NOT NULL,
                whole_after bigint  NOT NULL,
                up_to       bigint  NOT NULL,
                messages    bigint  NOT NULL,
                segments    bigint  NOT NULL,
                done        boolean NOT NULL
            )""";
    private static final String UPSERT = """
            INSERT INTO migration (id, source, since, whole_after, up_to, messages, segments, done)
            VALUES (0, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE
            SET source = excluded.source, since = excluded.since, whole_after = excluded.whole_after,
                up_to = excluded.up_to, messages = excluded.messages, segments = excluded.segments, done = excluded.done""";
    private static final String UPDATE = "UPDATE migration SET messages = ?, segments = ?, done = ?";
    private static final String IS_THERE = "SELECT to_regclass('migration') IS NOT NULL";
    private static final String SELECT_SOURCE = "SELECT source FROM migration";
    private static final String SELECT_PLACE =
            "SELECT since, whole_after, up_to, messages, segments, done FROM migration";
    private static final String DROP = "DROP TABLE IF EXISTS migration";

    private CopyPlaceTable() {}

    static Optional<String> source(Connection connection) throws SQLException {
        if (!isThere(connection)) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SELECT_SOURCE)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    static Optional<CopyPlace> place(Connection connection) throws SQLException {
        if (!isThere(connection)) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SELECT_PLACE)) {
            return row.next()
                    ? Optional.of(new CopyPlace(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getBoolean(6)))
                    : Optional.empty();
        }
    }

    private static boolean isThere(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IS_THERE)) {
            return row.next() && row.getBoolean(1);
        }
    }

    static Void begin(WriteConnection connection, String source, CopyPlace place) throws SQLException {
        connection.prepared(CREATE).execute();
        PreparedStatement upsert = connection.prepared(UPSERT);
        upsert.setString(1, source);
        upsert.setLong(2, place.since());
        upsert.setLong(3, place.wholeAfter());
        upsert.setLong(4, place.upTo());
        upsert.setLong(5, place.messages());
        upsert.setLong(6, place.segments());
        upsert.setBoolean(7, place.done());
        upsert.executeUpdate();
        return null;
    }

    static void reached(WriteConnection connection, CopyPlace place) throws SQLException {
        PreparedStatement update = connection.prepared(UPDATE);
        update.setLong(1, place.messages());
        update.setLong(2, place.segments());
        update.setBoolean(3, place.done());
        if (update.executeUpdate() != 1) {
            throw new SQLException("the copy's place is not there any more", "02000");
        }
    }

    static boolean end(WriteConnection connection) throws SQLException {
        return connection.prepared(DROP).execute();
    }
}
