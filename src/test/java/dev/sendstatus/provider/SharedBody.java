package dev.sendstatus.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A body that is no provider's own: made of any provider's right body in JSON.
 *
 * @param readable whether it says the same as the right one; else it is not understood
 */
record SharedBody(String name, boolean readable, UnaryOperator<byte[]> from) {
    private static final int MANY = 200_000;

    static final List<SharedBody> ALL = List.of(
            readable("right", right -> right),
            readable("with spaces and lines around it", right -> joined(bytes(" \r\n\t"), right, bytes("\n\n"))),
            readable("with a byte order mark", right -> joined(bytes("\uFEFF"), right)),
            readable("in UTF-16", right -> text(right).getBytes(StandardCharsets.UTF_16BE)),
            broken("empty", ""),
            broken("of spaces", "  \n "),
            broken("null", "null"),
            broken("a number", "17"),
            broken("a string", "\"meet me at nine\""),
            broken("true", "true"),
            broken("an array of numbers", "[1,2,3]"),
            broken("an empty object", "{}"),
            broken("a form", "id=1&status=delivered&text=meet+me+at+nine"),
            broken("a page", "<html>meet me at nine</html>"),
            broken("NUL", "\0"),
            new SharedBody("truncated in the middle", false, right -> Arrays.copyOf(right, right.length / 2)),
            new SharedBody("without its last byte", false, right -> Arrays.copyOf(right, right.length - 1)),
            new SharedBody("twice", false, right -> joined(right, right)),
            new SharedBody("with rubbish after it", false, right -> joined(right, bytes("}"))),
            new SharedBody("with NUL in front", false, right -> joined(bytes("\0"), right)),
            new SharedBody("with a byte that is no UTF-8", false, SharedBody::notUtf8),
            broken("a million brackets", "[".repeat(1_000_000)),
            broken("objects nested deep", "{\"a\":".repeat(MANY)),
            broken("a million digits", "9".repeat(1_000_000)),
            broken("an exponent beyond all numbers", "{\"data\":1e" + "9".repeat(90) + "}"),
            broken("a string without an end", "\"" + "x".repeat(1_000_000)),
            broken("a million commas", "[0" + ",0".repeat(500_000) + "]"),
            broken("a thousand fields", "{" + "\"a\":1,".repeat(MANY) + "\"b\":2}"));

    byte[] of(byte[] right) {
        return from.apply(right.clone());
    }

    @Override
    public String toString() {
        return name;
    }

    private static SharedBody readable(String name, UnaryOperator<byte[]> from) {
        return new SharedBody(name, true, from);
    }

    private static SharedBody broken(String name, String text) {
        return new SharedBody(name, false, right -> bytes(text));
    }

    /** In the middle of its last string, which all readers check, asked for or not. */
    private static byte[] notUtf8(byte[] right) {
        int quote = text(right).lastIndexOf('"');
        byte[] broken = right.clone();
        broken[quote - 1] = (byte) 0xff;
        return broken;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
