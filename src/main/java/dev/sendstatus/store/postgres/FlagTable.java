package dev.sendstatus.store.postgres;

import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.HistoryCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The flags of stuck messages, table {@code stuck}. */
final class FlagTable {
    // A flag that is there is replaced, so that a flag can be given its ending.
    private static final String REPLACE = """
            INSERT INTO stuck (key, account, sender, waiting_since, due_at, flagged_at, reason, ending, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE
            SET account = excluded.account, sender = excluded.sender, waiting_since = excluded.waiting_since,
                due_at = excluded.due_at, flagged_at = excluded.flagged_at, reason = excluded.reason,
                ending = excluded.ending, ended_at = excluded.ended_at""";
    private static final String SELECT_AFTER = """
            SELECT key, account, sender, waiting_since, due_at, flagged_at, reason, ending, ended_at FROM stuck
            WHERE ended_at IS NULL OR ended_at > ? ORDER BY due_at, key""";

    private FlagTable() {}

    static int replace(
            WriteConnection connection, PostgresDictionary dictionary, HistoryCodec codec, List<StuckFlag> flags)
            throws SQLException {
        // By key, as all that locks rows of several messages.
        Map<byte[], StuckFlag> ordered = new TreeMap<>(Arrays::compareUnsigned);
        for (StuckFlag flag : flags) {
            dictionary.require(flag.message().provider());
            ordered.put(codec.key(flag.message()), flag);
        }
        PreparedStatement replace = connection.prepared(REPLACE);
        for (Map.Entry<byte[], StuckFlag> entry : ordered.entrySet()) {
            StuckFlag flag = entry.getValue();
            replace.setBytes(1, entry.getKey());
            replace.setInt(2, dictionary.number(flag.account()));
            replace.setString(3, PlainText.orNull(flag.from()));
            replace.setLong(4, flag.waitingSince().toEpochMilli());
            replace.setLong(5, flag.dueAt().toEpochMilli());
            replace.setLong(6, flag.flaggedAt().toEpochMilli());
            replace.setInt(7, flag.reason().ordinal());
            if (flag.ending() == null || flag.endedAt() == null) {
                replace.setNull(8, Types.INTEGER);
                replace.setNull(9, Types.BIGINT);
            } else {
                replace.setInt(8, flag.ending().ordinal());
                replace.setLong(9, flag.endedAt().toEpochMilli());
            }
            replace.addBatch();
        }
        return replace.executeBatch().length;
    }

    static List<StuckFlag> activeAfter(Connection connection, MessageDecoder decoder, Instant time)
            throws SQLException, Damaged {
        List<StuckFlag> flags = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_AFTER)) {
            select.setLong(1, time.toEpochMilli());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    flags.add(flag(connection, decoder, rows, 1));
                }
            }
        }
        return flags;
    }

    /** The flag beside a message; null where its columns are. @param from the column of its key */
    static @Nullable StuckFlag flagOrNull(Connection connection, MessageDecoder decoder, ResultSet row, int from)
            throws SQLException, Damaged {
        return row.getBytes(from) == null ? null : flag(connection, decoder, row, from);
    }

    private static StuckFlag flag(Connection connection, MessageDecoder decoder, ResultSet row, int from)
            throws SQLException, Damaged {
        int ending = row.getInt(from + 7);
        boolean ended = !row.wasNull();
        return new StuckFlag(
                decoder.key(connection, row.getBytes(from)),
                decoder.account(connection, row.getInt(from + 1)),
                row.getString(from + 2),
                Instant.ofEpochMilli(row.getLong(from + 3)),
                Instant.ofEpochMilli(row.getLong(from + 4)),
                Instant.ofEpochMilli(row.getLong(from + 5)),
                StuckReason.values()[row.getInt(from + 6)],
                ended ? StuckFlag.Ending.values()[ending] : null,
                ended ? Instant.ofEpochMilli(row.getLong(from + 8)) : null);
    }
}
