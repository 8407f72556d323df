package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.codec.ArrivalCodec;
import dev.sendstatus.store.codec.Damaged;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks between their acknowledgement and their place in the messages. They lie in a table; what this process has put there is also
 * held in memory, so that it need not be read again. Written by whoever holds the write connection, read by anybody.
 */
final class Arrivals {
    private static final String INSERT = "INSERT INTO arrival (id, body) VALUES (?, ?)";
    private static final String SELECT = "SELECT body FROM arrival ORDER BY id";
    private static final String SELECT_LAST = "SELECT coalesce(max(id), 0) FROM arrival";
    private static final String DELETE = "DELETE FROM arrival";

    private final ArrivalCodec codec;

    /** What lies in the table; null if that is not known, as at the start, after a failure, or when another process has written. */
    private volatile @Nullable List<Incoming> held;

    /** What lies there once the running transaction is committed. */
    private @Nullable List<Incoming> next;

    private long lastId;

    Arrivals(SqliteDictionary dictionary) {
        this.codec = new ArrivalCodec(dictionary);
    }

    /** Forgets what may have been changed by somebody else, or was not committed. */
    void forget() {
        held = null;
    }

    /** How many lie here; any number if that is not known. */
    int size() {
        List<Incoming> here = held;
        return here == null ? Integer.MAX_VALUE : here.size();
    }

    /** Whether any lie here, or may do so. */
    boolean any() {
        List<Incoming> here = held;
        return here == null || !here.isEmpty();
    }

    /** All that lie here; null if that is not known. */
    @Nullable
    List<Incoming> held() {
        return held;
    }

    /** What is done with those that are taken. */
    @FunctionalInterface
    interface Settling {
        int write(WriteConnection connection, List<Incoming> taken) throws SQLException, Damaged;
    }

    /** Puts a batch here, within a transaction. */
    Void add(WriteConnection connection, List<Incoming> batch) throws SQLException {
        List<Incoming> here = held;
        if (here == null) {
            try (ResultSet row = connection.prepared(SELECT_LAST).executeQuery()) {
                row.next();
                lastId = row.getLong(1);
            }
            if (lastId == 0) {
                here = List.of();
            }
        }
        PreparedStatement insert = connection.prepared(INSERT);
        insert.setLong(1, ++lastId);
        insert.setBytes(2, codec.write(batch));
        insert.executeUpdate();
        if (here == null) {
            next = null;
        } else {
            List<Incoming> more = new ArrayList<>(here.size() + batch.size());
            more.addAll(here);
            more.addAll(batch);
            next = more;
        }
        return null;
    }

    /** The transaction is committed. */
    void committed() {
        held = next;
    }

    /** Takes all that lies here, within a transaction that makes it part of the messages. */
    List<Incoming> take(WriteConnection connection) throws SQLException, Damaged {
        List<Incoming> here = held;
        if (here == null) {
            here = read(connection, codec);
        }
        if (!here.isEmpty()) {
            connection.prepared(DELETE).executeUpdate();
            lastId = 0;
        }
        next = List.of();
        return here;
    }

    /** What lies in the table, in order of arrival. */
    static List<Incoming> read(Prepared statements, ArrivalCodec codec) throws SQLException, Damaged {
        List<Incoming> lying = new ArrayList<>();
        try (ResultSet rows = statements.prepared(SELECT).executeQuery()) {
            while (rows.next()) {
                lying.addAll(codec.read(rows.getBytes(1)));
            }
        }
        return lying;
    }
}
