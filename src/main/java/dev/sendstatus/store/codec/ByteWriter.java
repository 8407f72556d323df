package dev.sendstatus.store.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow. Numbers are written in as few bytes as they need, seven bits a byte. One thread. */
public final class ByteWriter {
    private byte[] bytes;
    private int length;

    public ByteWriter(int expected) {
        bytes = new byte[expected];
    }

    public void reset() {
        length = 0;
    }

    public int length() {
        return length;
    }

    /** The buffer itself, of which the first {@link #length()} bytes count. */
    public byte[] buffer() {
        return bytes;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    public void writeByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    /** Seven bits a byte, the lowest first; a negative number takes ten bytes. */
    public void writeVar(long value) {
        ensure(10);
        while ((value & ~0x7FL) != 0) {
            bytes[length++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        bytes[length++] = (byte) value;
    }

    /** A number of either sign that is small in size. */
    public void writeSigned(long value) {
        writeVar((value << 1) ^ (value >> 63));
    }

    public void writeBytes(byte[] value) {
        writeBytes(value, 0, value.length);
    }

    public void writeBytes(byte[] value, int from, int count) {
        ensure(count);
        System.arraycopy(value, from, bytes, length, count);
        length += count;
    }

    /** A length and so many bytes of UTF-8. */
    public void writeString(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        writeVar(utf8.length);
        writeBytes(utf8);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
