package dev.sendstatus.store.sqlite;

import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.codec.Damaged;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flags of stuck messages, read. */
final class FlagTable {
    private static final String COLUMNS =
            "key, account, sender, waiting_since, due_at, flagged_at, reason, ending, ended_at";
    static final String SELECT_FLAG = "SELECT " + COLUMNS + " FROM stuck WHERE key = ?";
    private static final String SELECT_AFTER =
            "SELECT " + COLUMNS + " FROM stuck WHERE ended_at IS NULL OR ended_at > ? ORDER BY due_at, key";

    private final MessageDecoder decoder;

    FlagTable(SqliteDictionary dictionary) {
        this.decoder = new MessageDecoder(dictionary);
    }

    /** The flag of the message with that packed key; null if it has none. */
    @Nullable
    StuckFlag of(Statements statements, byte[] key) throws SQLException, Damaged {
        PreparedStatement select = statements.prepared(SELECT_FLAG);
        select.setBytes(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? flag(statements, row) : null;
        }
    }

    List<StuckFlag> activeAfter(Statements statements, Instant time) throws SQLException, Damaged {
        PreparedStatement select = statements.prepared(SELECT_AFTER);
        select.setLong(1, time.toEpochMilli());
        List<StuckFlag> flags = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                flags.add(flag(statements, rows));
            }
        }
        return flags;
    }

    private StuckFlag flag(Statements statements, ResultSet row) throws SQLException, Damaged {
        int ending = row.getInt(8);
        boolean ended = !row.wasNull();
        return new StuckFlag(
                decoder.key(statements.connection(), row.getBytes(1)),
                decoder.account(statements.connection(), row.getInt(2)),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                StuckReason.values()[row.getInt(7)],
                ended ? StuckFlag.Ending.values()[ending] : null,
                ended ? Instant.ofEpochMilli(row.getLong(9)) : null);
    }
}
