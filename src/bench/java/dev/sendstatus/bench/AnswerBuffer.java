package dev.sendstatus.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The bytes of one HTTP answer, as they come; its end is told by its {@code Content-Length}. */
final class AnswerBuffer {
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length: ";

    private byte[] bytes = new byte[1 << 12];

    private int length;
    private int wanted = Integer.MAX_VALUE;

    /** Where the next bytes go, from {@link #length()} on. */
    byte[] room() {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        return bytes;
    }

    int length() {
        return length;
    }

    /** @param got how many bytes have come @return whether the answer is complete */
    boolean add(int got) {
        length += got;
        if (wanted == Integer.MAX_VALUE) {
            int end = endOfHead();
            wanted = end < 0 ? wanted : end + bodyLength(end);
        }
        return length >= wanted;
    }

    /** The complete answer, with its head. */
    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** The status of the complete answer; the next one follows. */
    int take() {
        length = 0;
        wanted = Integer.MAX_VALUE;
        return Integer.parseInt(new String(bytes, 9, 3, StandardCharsets.US_ASCII));
    }

    private int endOfHead() {
        for (int i = 0; i + END.length <= length; i++) {
            if (bytes[i] == END[0] && bytes[i + 1] == END[1] && bytes[i + 2] == END[2] && bytes[i + 3] == END[3]) {
                return i + END.length;
            }
        }
        return -1;
    }

    private int bodyLength(int end) {
        String head = new String(bytes, 0, end, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        int at = head.indexOf(LENGTH);
        return at < 0
                ? 0
                : Integer.parseInt(head.substring(at + LENGTH.length(), head.indexOf('\r', at))
                        .strip());
    }
}
