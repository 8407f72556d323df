package dev.sendstatus.provider.twilio;

import org.jspecify.annotations.Nullable;

/** Gathers {@code name=value} pairs, in the order added, into the detail of one event. Used by one thread, once. */
final class Detail {
    private final StringBuilder text = new StringBuilder();

    /** Null or empty adds nothing. */
    void add(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        if (text.length() > 0) {
            text.append(' ');
        }
        text.append(name).append('=').append(SentText.shown(value));
    }

    /** Null if nothing was added. */
    @Nullable
    String text() {
        return text.length() == 0 ? null : text.toString();
    }
}
