package dev.sendstatus.register;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of bytes from a stream of any length, in bounded memory whatever is sent. One thread. */
public final class LineReader {
    private final InputStream in;
    private final byte[] buffer = new byte[2 * SendReader.MOST_BYTES];
    private int from;
    private int to;
    private boolean ended;

    public LineReader(InputStream in) {
        this.in = in;
    }

    /** One line. @param bytes without its end; null if it was longer than {@link SendReader#MOST_BYTES} */
    public record Line(byte @Nullable [] bytes) {
        public boolean isBlank() {
            return bytes != null && new String(bytes, StandardCharsets.ISO_8859_1).isBlank();
        }
    }

    /** The next line, waiting for it; null at the end. */
    public @Nullable Line next() throws IOException {
        boolean tooLong = false;
        while (true) {
            int end = lineEnd();
            if (end < 0 && ended) {
                if (from == to && !tooLong) {
                    return null;
                }
                return take(to, to, tooLong);
            }
            if (end >= 0) {
                return take(end, end + 1, tooLong);
            }
            if (to - from > SendReader.MOST_BYTES) {
                tooLong = true;
                from = to;
            }
            fill(true);
        }
    }

    private Line take(int end, int next, boolean tooLong) {
        int last = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
        byte[] bytes = tooLong || last - from > SendReader.MOST_BYTES ? null : Arrays.copyOfRange(buffer, from, last);
        from = next;
        return new Line(bytes);
    }

    /** Whether {@link #next} would return at once. */
    public boolean ready() throws IOException {
        if (lineEnd() < 0 && !ended && in.available() > 0) {
            fill(false);
        }
        return ended || lineEnd() >= 0;
    }

    private int lineEnd() {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void fill(boolean mayWait) throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        int room = buffer.length - to;
        int count = room == 0 ? 0 : in.read(buffer, to, mayWait ? room : Math.min(room, in.available()));
        if (count < 0) {
            ended = true;
        } else {
            to += count;
        }
    }
}
