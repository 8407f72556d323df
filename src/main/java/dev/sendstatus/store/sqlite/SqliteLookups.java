package dev.sendstatus.store.sqlite;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.Asked;
import dev.sendstatus.store.LookupMemory;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.HistoryCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code lookup}, through the connection that writes. */
final class SqliteLookups implements LookupMemory {
    private static final String SELECT = "SELECT asked_at, again FROM lookup WHERE key = ?";
    private static final String REPLACE = "REPLACE INTO lookup (key, asked_at, again) VALUES (?, ?, ?)";
    private static final String DELETE = "DELETE FROM lookup WHERE asked_at < ?";

    private final WriteConnection connection;
    private final HistoryCodec codec;

    SqliteLookups(WriteConnection connection, HistoryCodec codec) {
        this.connection = connection;
        this.codec = codec;
    }

    @Override
    public Map<MessageKey, Asked> asked(Collection<MessageKey> messages) throws StoreException {
        return connection.write("reading what was asked", c -> {
            Map<MessageKey, Asked> found = new HashMap<>();
            PreparedStatement select = c.prepared(SELECT);
            for (MessageKey message : messages) {
                select.setBytes(1, codec.key(message));
                try (ResultSet row = select.executeQuery()) {
                    if (row.next()) {
                        found.put(
                                message, new Asked(message, Instant.ofEpochMilli(row.getLong(1)), row.getInt(2) != 0));
                    }
                }
            }
            return found;
        });
    }

    @Override
    public void note(List<Asked> asked) throws StoreException {
        if (asked.isEmpty()) {
            return;
        }
        connection.write("noting what was asked", c -> {
            PreparedStatement replace = c.prepared(REPLACE);
            for (Asked one : asked) {
                replace.setBytes(1, codec.key(one.message()));
                replace.setLong(2, one.at().toEpochMilli());
                replace.setInt(3, one.again() ? 1 : 0);
                replace.executeUpdate();
            }
            return asked.size();
        });
    }

    @Override
    public void forget(Instant before) throws StoreException {
        connection.write("forgetting what was asked long ago", c -> {
            PreparedStatement delete = c.prepared(DELETE);
            delete.setLong(1, before.toEpochMilli());
            return delete.executeUpdate();
        });
    }
}
