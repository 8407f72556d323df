package dev.sendstatus.store.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote; never past the end. One thread. */
public final class ByteReader {
    private final byte[] bytes;
    private int at;

    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean atEnd() {
        return at == bytes.length;
    }

    public int readByte() throws Damaged {
        if (at >= bytes.length) {
            throw new Damaged("ends after " + bytes.length + " bytes, in the middle of a value");
        }
        return bytes[at++] & 0xFF;
    }

    public long readVar() throws Damaged {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new Damaged("a number of more than 64 bits before byte " + at);
    }

    public long readSigned() throws Damaged {
        long value = readVar();
        return (value >>> 1) ^ -(value & 1);
    }

    public byte[] readBytes(long count) throws Damaged {
        if (count < 0 || count > bytes.length - at) {
            throw new Damaged(count + " bytes were to follow at byte " + at + " of " + bytes.length);
        }
        byte[] read = Arrays.copyOfRange(bytes, at, at + (int) count);
        at += (int) count;
        return read;
    }

    public String readString() throws Damaged {
        return new String(readBytes(readVar()), StandardCharsets.UTF_8);
    }
}
