package dev.sendstatus.query;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * The position at which a list goes on, as an opaque text. It has a checksum, so that one that was cut or mistyped is
 * noticed and does not silently go on elsewhere.
 */
public final class Cursor {
    private static final byte VERSION = 1;
    private static final int POSITION_BYTES = 1 + Long.BYTES;
    private static final int BYTES = POSITION_BYTES + Integer.BYTES;

    private Cursor() {}

    public static String write(long position) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).put(VERSION).putLong(position);
        bytes.putInt(checksum(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws WrongParameter if it is none that {@link #write} made */
    public static long read(String cursor) throws WrongParameter {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
        if (bytes.capacity() != BYTES
                || bytes.get(0) != VERSION
                || bytes.getInt(POSITION_BYTES) != checksum(bytes.array())
                || !write(bytes.getLong(1)).equals(cursor)) {
            throw wrong();
        }
        return bytes.getLong(1);
    }

    private static WrongParameter wrong() {
        return new WrongParameter(
                "cursor is the next_cursor of the page before, unchanged; leave it out to begin again.");
    }

    private static int checksum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, POSITION_BYTES);
        return (int) sum.getValue();
    }
}
