package dev.sendstatus.store.jdbc;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The constants of an enum as words in a column: their names in lower case.
 *
 * @param <E> the enum
 */
final class Word<E extends Enum<E>> {
    private final String[] words;
    private final Map<String, E> constants = new HashMap<>();

    Word(Class<E> type) {
        E[] all = type.getEnumConstants();
        words = new String[all.length];
        for (E one : all) {
            words[one.ordinal()] = one.name().toLowerCase(Locale.ROOT);
            constants.put(words[one.ordinal()], one);
        }
    }

    String of(E constant) {
        return words[constant.ordinal()];
    }

    E constant(String word) throws SQLException {
        E constant = constants.get(word);
        if (constant == null) {
            throw new SQLException("a column holds the unknown word " + word, Rows.DAMAGED);
        }
        return constant;
    }
}
