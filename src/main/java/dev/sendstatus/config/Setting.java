package dev.sendstatus.config;

import java.util.List;

/**
 * A key's text and where it stands. It may be a secret, so it is never part of the text form.
 *
 * @param text empty if it is not set
 * @param where the file with its line, the variable, or {@code default}
 * @param variables that an expression in the file named, whether they were set or not
 */
record Setting(String text, String where, List<String> variables) {
    static final String DEFAULT = "default";

    boolean isSet() {
        return !text.isEmpty();
    }

    /** Where it stands, and what it was made from. */
    String origin() {
        return variables.isEmpty() ? where : where + " from " + String.join(", ", variables);
    }

    @Override
    public String toString() {
        return "Setting[" + origin() + "]";
    }
}
