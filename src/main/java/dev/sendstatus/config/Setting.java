package dev.sendstatus.config;

import java.util.Arrays;
import java.util.List;

/**
 * A key's text and where it stands. It may be a secret, so it is never part of the text form.
 *
 * @param text empty if it is not set
 * @param where the file with its line, the variable, or {@code default}
 * @param variables that an expression in the file named, whether they were set or not
 * @param unset those of them that have no value and no text instead
 * @param list the values, where several stand there; else empty
 */
record Setting(String text, String where, List<String> variables, List<String> unset, List<String> list) {
    static final String DEFAULT = "default";

    private static final List<String> QUOTES = List.of("\"\"", "''", "“”", "‘’");

    static Setting of(String text, String where) {
        return new Setting(text, where, List.of(), List.of(), List.of());
    }

    /** Several values at one place. */
    static Setting of(List<Setting> values, String where) {
        return new Setting(
                String.join(", ", values.stream().map(Setting::text).toList()),
                where,
                values.stream().flatMap(value -> value.variables.stream()).toList(),
                values.stream().flatMap(value -> value.unset.stream()).toList(),
                values.stream().map(Setting::text).toList());
    }

    boolean isSet() {
        return !text.isEmpty();
    }

    /**
     * The text, if it is whole.
     *
     * @throws Unfit if it is a list, if a variable in it is unset, or if it was handed over with its quotes or with blanks around it
     */
    String whole() {
        if (!list.isEmpty()) {
            throw new Unfit("takes one value, not a list");
        }
        requireVariables();
        requirePlain(text);
        return text;
    }

    /** The values of a list, or what stands between commas, each whole. */
    List<String> values() {
        requireVariables();
        List<String> values = list.isEmpty()
                ? Arrays.stream(text.split(",")).map(String::strip).toList()
                : list;
        values.forEach(Setting::requirePlain);
        return values.stream().filter(value -> !value.isEmpty()).toList();
    }

    private void requireVariables() {
        if (!unset.isEmpty()) {
            throw new Unfit("needs " + String.join(", ", unset) + ", which is not set: set it, or write ${"
                    + unset.get(0) + ":} where it may be absent");
        }
    }

    private static void requirePlain(String text) {
        if (text.length() > 1 && QUOTES.contains(text.substring(0, 1) + text.charAt(text.length() - 1))) {
            throw new Unfit(
                    "is wrapped in quotes, which belong to the value here: remove them (docker --env-file, for one,"
                            + " takes them along)");
        }
        if (!text.isEmpty() && (isBlank(text.codePointAt(0)) || isBlank(text.codePointBefore(text.length())))) {
            throw new Unfit("begins or ends with a blank, a line end or an invisible character: remove it");
        }
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    /** Its place, and the variables that it was made from. */
    String origin() {
        return variables.isEmpty() ? where : where + " from " + String.join(", ", variables);
    }

    @Override
    public String toString() {
        return "Setting[" + origin() + "]";
    }
}
