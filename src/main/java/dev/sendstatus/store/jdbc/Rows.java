package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as columns hold them: a time is milliseconds since 1970, a word of the program is its name in lower case. */
final class Rows {
    /** The SQL state of a value that this program did not write. */
    static final String DAMAGED = "XX001";

    private Rows() {}

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E constant(ResultSet row, int column, Class<E> type) throws SQLException {
        return constant(row.getString(column), type);
    }

    static <E extends Enum<E>> E constant(String word, Class<E> type) throws SQLException {
        try {
            return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new SQLException("a column holds the unknown word " + word, DAMAGED, e);
        }
    }

    static void set(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
        if (time == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, time.toEpochMilli());
        }
    }

    /**
     * The first whole millisecond at that time or later: of stored times, "then or later" and "before then" mean the same of it. Times that are
     * asked for need not be whole ones.
     */
    static long atOrAfter(Instant time) {
        return time.toEpochMilli() + (time.getNano() % 1_000_000 == 0 ? 0 : 1);
    }

    static Instant time(ResultSet row, int column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static @Nullable Instant timeOrNull(ResultSet row, int column) throws SQLException {
        Long millis = numberOrNull(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    static @Nullable Long numberOrNull(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    /** The account whose provider is in that column, and its name in the next. */
    static AccountName account(ResultSet row, int column) throws SQLException {
        return new AccountName(new Provider(row.getString(column)), row.getString(column + 1));
    }

    /** The message whose provider is in that column, and the provider's id in the next. */
    static MessageKey message(ResultSet row, int column) throws SQLException {
        return new MessageKey(new Provider(row.getString(column)), row.getString(column + 1));
    }
}
