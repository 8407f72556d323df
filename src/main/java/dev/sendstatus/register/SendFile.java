package dev.sendstatus.register;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Opens a file of sends by its first bytes: packed or not, in which encoding, and, where nothing else tells, in which format. */
public final class SendFile {
    private static final int LOOKED_AT = 8;
    /** The beginnings of files of other kinds, as ISO 8859-1, and the remedy for each. */
    private static final Map<String, String> NO_TEXT = Map.of(
            "PK\u0003\u0004", "a spreadsheet (.xlsx, .ods) or a zip archive: export it as CSV, or unpack it",
            "\u00D0\u00CF\u0011\u00E0", "a spreadsheet of an old kind (.xls): export it as CSV",
            "BZh", "packed by bzip2: unpack it first; only gzip is read as it is",
            "\u00FD7zXZ", "packed by xz: unpack it first; only gzip is read as it is",
            "\u0028\u00B5\u002F\u00FD", "packed by zstd: unpack it first; only gzip is read as it is",
            "SQLite f", "an SQLite database: export its table as CSV");

    private SendFile() {}

    /** A file of sends, read row after row. One thread. */
    public interface SendSource {

        /** The next row, with its line, good or bad; null at the end. */
        SendItem.@Nullable Numbered next() throws IOException;
    }

    /** A file, or its rest, cannot be read as sends; the message says where and why, without its content. */
    public static final class UnreadableSends extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableSends(String message) {
            super(message);
        }
    }

    /** How the rows are written. */
    public enum Format {
        CSV,
        JSONL;

        /** As the name of a file tells it, with or without {@code .gz}; null if it does not. */
        public static @Nullable Format ofName(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - ".gz".length()) : lower;
            if (plain.endsWith(".csv") || plain.endsWith(".tsv")) {
                return CSV;
            }
            return plain.endsWith(".jsonl") || plain.endsWith(".ndjson") ? JSONL : null;
        }
    }

    /**
     * The sends of a file, from its start.
     *
     * @param format null to go by the first character: a brace begins a line of JSON
     * @throws UnreadableSends if it is no file of sends
     */
    public static SendSource open(InputStream in, @Nullable Format format, SendReader reader)
            throws IOException, UnreadableSends {
        InputStream unpacked = unpacked(new BufferedInputStream(in));
        byte[] start = start(unpacked);
        String first = new String(start, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> kind : NO_TEXT.entrySet()) {
            if (first.startsWith(kind.getKey())) {
                throw new UnreadableSends("The file is " + kind.getValue() + ".");
            }
        }
        Charset charset = charset(start);
        int mark = mark(start);
        unpacked.skipNBytes(mark);
        char character = firstCharacter(first.substring(mark));
        boolean json = format == null ? character == '{' || character == '[' : format == Format.JSONL;
        if (!json) {
            return new CsvSends(new InputStreamReader(unpacked, charset), reader);
        }
        if (character == '[') {
            throw new UnreadableSends(
                    "The file is one array of JSON: write an object a line, without brackets and commas around (jq -c '.[]').");
        }
        if (charset != StandardCharsets.UTF_8) {
            throw new UnreadableSends("The file is JSON in " + charset + ": save it as UTF-8.");
        }
        return new JsonLines(unpacked, reader);
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        byte[] start = start(in);
        boolean packed = start.length >= 2 && start[0] == (byte) 0x1F && start[1] == (byte) 0x8B;
        return packed ? new BufferedInputStream(new GZIPInputStream(in)) : in;
    }

    private static byte[] start(InputStream in) throws IOException {
        in.mark(LOOKED_AT);
        byte[] start = in.readNBytes(LOOKED_AT);
        in.reset();
        return start;
    }

    /** By the mark at the start, else by where the first letter has its zero. */
    private static Charset charset(byte[] start) {
        if (startsWith(start, 0xFF, 0xFE) || start.length > 1 && start[0] != 0 && start[1] == 0) {
            return StandardCharsets.UTF_16LE;
        }
        if (startsWith(start, 0xFE, 0xFF) || start.length > 1 && start[0] == 0 && start[1] != 0) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }

    /** How many bytes the mark of the encoding has. */
    private static int mark(byte[] start) {
        if (startsWith(start, 0xEF, 0xBB, 0xBF)) {
            return 3;
        }
        return startsWith(start, 0xFF, 0xFE) || startsWith(start, 0xFE, 0xFF) ? 2 : 0;
    }

    private static boolean startsWith(byte[] start, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (start.length <= i || (start[i] & 0xFF) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static char firstCharacter(String start) {
        String text = start.replace("\u0000", "").strip();
        return text.isEmpty() ? ' ' : text.charAt(0);
    }
}
