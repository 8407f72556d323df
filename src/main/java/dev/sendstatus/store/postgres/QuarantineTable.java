package dev.sendstatus.store.postgres;

import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.codec.Damaged;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Callbacks that were not understood, table {@code quarantine}. {@code MessageWriter} adds to it, with the callback itself. */
final class QuarantineTable {
    private static final String SELECT_PAGE = """
            SELECT sequence, account, received_at, reason FROM quarantine
            WHERE sequence < ? ORDER BY sequence DESC LIMIT ?""";
    private static final String SELECT_ONE =
            "SELECT sequence, account, received_at, reason FROM quarantine WHERE sequence = ?";
    private static final String COUNT = "SELECT count(*) FROM quarantine";
    private static final String DELETE = "DELETE FROM quarantine WHERE sequence = ANY (?::bigint[])";

    private QuarantineTable() {}

    static List<QuarantinedCallback> page(Connection connection, MessageDecoder decoder, long before, int limit)
            throws SQLException, Damaged {
        try (PreparedStatement select = connection.prepareStatement(SELECT_PAGE)) {
            select.setLong(1, before);
            select.setInt(2, limit);
            return rows(connection, select, decoder);
        }
    }

    static Optional<QuarantinedCallback> one(Connection connection, MessageDecoder decoder, long sequence)
            throws SQLException, Damaged {
        try (PreparedStatement select = connection.prepareStatement(SELECT_ONE)) {
            select.setLong(1, sequence);
            return rows(connection, select, decoder).stream().findFirst();
        }
    }

    private static List<QuarantinedCallback> rows(
            Connection connection, PreparedStatement select, MessageDecoder decoder) throws SQLException, Damaged {
        List<QuarantinedCallback> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new QuarantinedCallback(
                        rows.getLong(1),
                        decoder.account(connection, rows.getInt(2)),
                        Instant.ofEpochMilli(rows.getLong(3)),
                        rows.getString(4)));
            }
        }
        return found;
    }

    static long count(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COUNT);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    static int remove(WriteConnection connection, List<Long> sequences) throws SQLException {
        PreparedStatement delete = connection.prepared(DELETE);
        delete.setArray(1, connection.array(MessageRows.longs(sequences)));
        return delete.executeUpdate();
    }
}
