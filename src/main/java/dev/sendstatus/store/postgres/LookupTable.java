package dev.sendstatus.store.postgres;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.Asked;
import dev.sendstatus.store.LookupMemory;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.HistoryCodec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table {@code lookup}, through the connection that writes. */
final class LookupTable implements LookupMemory {
    private static final String SELECT = "SELECT key, asked_at, again FROM lookup WHERE key = ANY (?::bytea[])";
    private static final String REPLACE = """
            INSERT INTO lookup (key, asked_at, again) VALUES (?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET asked_at = excluded.asked_at, again = excluded.again""";
    private static final String DELETE = "DELETE FROM lookup WHERE asked_at < ?";

    private final WriteConnection connection;
    private final PostgresDictionary dictionary;
    private final HistoryCodec codec;
    private final MessageDecoder decoder;

    LookupTable(WriteConnection connection, PostgresDictionary dictionary) {
        this.connection = connection;
        this.dictionary = dictionary;
        this.codec = new HistoryCodec(dictionary);
        this.decoder = new MessageDecoder(dictionary);
    }

    @Override
    public Map<MessageKey, Asked> asked(Collection<MessageKey> messages) throws StoreException {
        return connection.write("reading what was asked", c -> {
            Map<MessageKey, Asked> found = new HashMap<>();
            List<byte[]> keys = new ArrayList<>();
            for (MessageKey message : messages) {
                dictionary.require(message.provider());
                keys.add(codec.key(message));
            }
            PreparedStatement select = c.prepared(SELECT);
            select.setArray(1, c.array("bytea", keys.toArray(new byte[0][])));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    MessageKey message = decoder.key(c.connection(), rows.getBytes(1));
                    found.put(message, new Asked(message, Instant.ofEpochMilli(rows.getLong(2)), rows.getBoolean(3)));
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
            // By key, as all that locks rows of several messages.
            Map<byte[], Asked> ordered = new TreeMap<>(Arrays::compareUnsigned);
            for (Asked one : asked) {
                dictionary.require(one.message().provider());
                ordered.put(codec.key(one.message()), one);
            }
            PreparedStatement replace = c.prepared(REPLACE);
            for (Map.Entry<byte[], Asked> one : ordered.entrySet()) {
                replace.setBytes(1, one.getKey());
                replace.setLong(2, one.getValue().at().toEpochMilli());
                replace.setBoolean(3, one.getValue().again());
                replace.addBatch();
            }
            return replace.executeBatch().length;
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
