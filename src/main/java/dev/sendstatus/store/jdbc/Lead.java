package dev.sendstatus.store.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * Rows that lead to messages.
 *
 * @param table with its alias
 * @param id the column of the message's id
 * @param column the first of an index, the second of which is the id; null where the index has the id only
 * @param where for a column: that it has one value
 * @param ordered whether an index has the rows in the order of their ids
 */
record Lead(String table, String id, @Nullable String column, Clause where, boolean ordered) {
    Lead(String table, String id, String column, Object value) {
        this(table, id, column, new Clause(column + " = ?", value), true);
    }

    static final Lead ALL = new Lead("message m", "m.id", null, new Clause("1 = 1"), true);

    static Lead message(String column, Object value) {
        return new Lead("message m", "m.id", column, value);
    }

    static Lead recipient(String column, Object value) {
        return new Lead("recipient r", "r.message_id", column, value);
    }

    /** Messages that no index has in the order of their ids. */
    static Lead messages(String where, Object... values) {
        return new Lead("message m", "m.id", null, new Clause(where, values), false);
    }

    /** Recipients that no index has in the order of their messages. */
    static Lead recipients(Clause where) {
        return new Lead("recipient r", "r.message_id", null, where, false);
    }

    boolean ofMessages() {
        return table.equals("message m");
    }

    /** As a condition of message {@code m}. Not by EXISTS, for which PostgreSQL may read the whole table first. */
    Clause condition() {
        return ofMessages()
                ? where
                : new Clause("(SELECT 1 FROM " + table + " WHERE " + id + " = m.id AND ")
                        .then(where)
                        .then(" LIMIT 1) IS NOT NULL");
    }

    String order() {
        return " ORDER BY " + (column == null ? "" : column + " DESC, ") + id + " DESC";
    }
}
