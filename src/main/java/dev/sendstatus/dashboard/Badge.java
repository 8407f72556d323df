package dev.sendstatus.dashboard;

import java.util.Locale;

/**
 * A state by word, shape and colour, so that none of them is needed to tell it.
 *
 * @param kind which colour: good, bad, open, warning or plain
 */
public record Badge(String word, Kind kind) {

    /** How it looks; the name in lower case is its class in the style. */
    public enum Kind {
        GOOD("✓"),
        BAD("✕"),
        OPEN("→"),
        WARNING("▲"),
        PLAIN("•");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    public String sign() {
        return kind.sign;
    }

    public String style() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
