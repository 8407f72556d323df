package dev.sendstatus.store.codec;

import java.nio.charset.StandardCharsets;

/**
 * Text in few bytes: what providers send as ids, codes and numbers is mostly digits or hexadecimal. Only forms from which the
 * exact text comes back are packed; all else is UTF-8 as it is. Each text has one packed form, so packed texts can be compared.
 *
 * <p>The first number is {@code length * 4 + kind}. Kinds: 0 UTF-8, of that length; 1 a plus and digits; 2 digits; 3 hexadecimal
 * in lower case, a UUID if the length is 0, else that many characters (2 are known: Twilio's {@code SM…}) before 32 digits.
 */
public final class PackedText {
    private static final int UTF8 = 0;
    private static final int PLUS_NUMBER = 1;
    private static final int NUMBER = 2;
    private static final int HEX = 3;
    private static final int MOST_DIGITS = 18;
    private static final int PREFIX = 2;

    private PackedText() {}

    public static void write(ByteWriter out, String text) {
        int length = text.length();
        if (length == 36 && isUuid(text)) {
            out.writeVar(HEX);
            for (int i = 0; i < 36; ) {
                if (text.charAt(i) == '-') {
                    i++;
                } else {
                    out.writeByte(digit(text.charAt(i)) << 4 | digit(text.charAt(i + 1)));
                    i += 2;
                }
            }
        } else if (length == PREFIX + 32 && isPrefixedHex(text)) {
            out.writeVar(PREFIX << 2 | HEX);
            out.writeByte(text.charAt(0));
            out.writeByte(text.charAt(1));
            for (int i = PREFIX; i < length; i += 2) {
                out.writeByte(digit(text.charAt(i)) << 4 | digit(text.charAt(i + 1)));
            }
        } else if (isNumber(text, 0)) {
            out.writeVar(NUMBER);
            out.writeVar(Long.parseLong(text));
        } else if (length > 1 && text.charAt(0) == '+' && isNumber(text, 1)) {
            out.writeVar(PLUS_NUMBER);
            out.writeVar(Long.parseLong(text, 1, length, 10));
        } else {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeVar((long) utf8.length << 2 | UTF8);
            out.writeBytes(utf8);
        }
    }

    public static String read(ByteReader in) throws Damaged {
        long head = in.readVar();
        int kind = (int) (head & 3);
        long length = head >>> 2;
        return switch (kind) {
            case UTF8 -> new String(in.readBytes(length), StandardCharsets.UTF_8);
            case PLUS_NUMBER -> "+" + in.readVar();
            case NUMBER -> Long.toString(in.readVar());
            default -> length == 0 ? readUuid(in) : readPrefixedHex(in, length);
        };
    }

    private static String readUuid(ByteReader in) throws Damaged {
        StringBuilder text = new StringBuilder(36);
        byte[] bytes = in.readBytes(16);
        for (int i = 0; i < 16; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                text.append('-');
            }
            appendHex(text, bytes[i]);
        }
        return text.toString();
    }

    private static String readPrefixedHex(ByteReader in, long prefix) throws Damaged {
        StringBuilder text = new StringBuilder(34);
        for (byte b : in.readBytes(prefix)) {
            text.append((char) b);
        }
        for (byte b : in.readBytes(16)) {
            appendHex(text, b);
        }
        return text.toString();
    }

    private static void appendHex(StringBuilder text, byte value) {
        text.append(Character.forDigit(value >> 4 & 0xF, 16)).append(Character.forDigit(value & 0xF, 16));
    }

    private static boolean isUuid(String text) {
        for (int i = 0; i < 36; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : digit(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrefixedHex(String text) {
        for (int i = 0; i < PREFIX; i++) {
            char c = text.charAt(i);
            if (c < 'A' || c > 'Z') {
                return false;
            }
        }
        for (int i = PREFIX; i < text.length(); i++) {
            if (digit(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Digits without a leading zero, few enough for a long. */
    private static boolean isNumber(String text, int from) {
        int digits = text.length() - from;
        if (digits < 1 || digits > MOST_DIGITS || (text.charAt(from) == '0' && digits > 1)) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** The value of a lower-case hexadecimal digit, else -1. */
    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
