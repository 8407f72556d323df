package dev.sendstatus.store;

import org.jspecify.annotations.Nullable;

/**
 * A callback as it came, without what only proved its origin: enough to read it again with a later adapter.
 *
 * @param method {@code POST} or {@code GET}
 * @param query the raw query string; null if there was none
 * @param mediaType null if none was named
 * @param body the raw bytes; not to be changed
 */
public record RawCallback(
        String method, @Nullable String query, @Nullable String mediaType, byte[] body) {
    private static final byte[] NOTHING = new byte[0];

    /** Of what came by another way than a callback. */
    public static final RawCallback NONE = new RawCallback("POST", null, null, NOTHING);

    /** Whether it says nothing: it was emptied, or stands in the place of what came by another way. */
    public boolean isEmpty() {
        return body.length == 0 && query == null;
    }

    /** The same without its content, which nobody shall read any more. */
    public RawCallback emptied() {
        return new RawCallback(method, null, null, NOTHING);
    }
}
