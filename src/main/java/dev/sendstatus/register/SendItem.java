package dev.sendstatus.register;

import org.jspecify.annotations.Nullable;

/** One item of a registration as it was read. */
public sealed interface SendItem {

    /** A send that can be registered. */
    record Good(Send send) implements SendItem {}

    /**
     * An item that cannot be registered.
     *
     * @param provider as far as it could be read; null otherwise
     * @param id likewise
     * @param problem every mistake in it, and the values that are valid
     */
    record Bad(@Nullable String provider, @Nullable String id, String problem) implements SendItem {}

    /** An item with its place: counted from 0 in a request, the line in a file. */
    record Numbered(long index, SendItem item) {}
}
