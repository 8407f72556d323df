package dev.sendstatus.provider.twilio;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request, in the order sent, repeated ones and empty ones too. {@code application/x-www-form-urlencoded} bytes are
 * taken apart in one pass, without a string: what is signed are bytes, and of the dozen parameters of a callback few are read. Never fails:
 * a malformed escape is kept as it was sent, an empty part between two {@code &} is none.
 */
final class FormParameters {
    /** Three places in the array a parameter: where its name starts, where its value starts, where it ends. */
    private static final int BOUNDS = 3;
    /** Enough for every callback seen; grows for the others. */
    private static final int USUAL_PARAMETERS = 32;

    /** Decoding never lengthens. */
    private final byte[] decoded;

    private int end;
    private int[] bounds = new int[USUAL_PARAMETERS * BOUNDS];
    private int used;

    FormParameters(byte[] encoded) {
        this.decoded = new byte[encoded.length];
        int at = 0;
        while (at < encoded.length) {
            at = encoded[at] == '&' ? at + 1 : parameter(encoded, at);
        }
    }

    /** Decodes the parameter that starts there; returns where it ends. */
    private int parameter(byte[] encoded, int start) {
        int name = end;
        int value = -1;
        int at = start;
        while (at < encoded.length && encoded[at] != '&') {
            byte b = encoded[at];
            int escaped = b == '%' ? escape(encoded, at) : -1;
            if (b == '=' && value < 0) {
                value = end;
                at++;
            } else if (escaped >= 0) {
                decoded[end++] = (byte) escaped;
                at += 3;
            } else {
                decoded[end++] = b == '+' ? (byte) ' ' : b;
                at++;
            }
        }
        add(name, value < 0 ? end : value);
        return at;
    }

    private void add(int name, int value) {
        if (used + BOUNDS > bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[used++] = name;
        bounds[used++] = value;
        bounds[used++] = end;
    }

    /** The byte that the escape at that place stands for; negative if it is malformed. */
    private static int escape(byte[] encoded, int percent) {
        if (percent + 2 >= encoded.length) {
            return -1;
        }
        int high = hex(encoded[percent + 1]);
        int low = hex(encoded[percent + 2]);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hex(byte digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        int letter = digit | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /** The value of the first parameter of that ASCII name, as sent; null if there is none or it is empty. */
    @Nullable
    String first(String name) {
        for (int at = 0; at < used; at += BOUNDS) {
            if (named(at, name)) {
                return bounds[at + 1] == bounds[at + 2] ? null : value(at);
            }
        }
        return null;
    }

    /** Every different value of that name that is not empty, as sent. */
    Set<String> all(String name) {
        Set<String> values = new LinkedHashSet<>(2);
        for (int at = 0; at < used; at += BOUNDS) {
            if (bounds[at + 1] < bounds[at + 2] && named(at, name)) {
                values.add(value(at));
            }
        }
        return values;
    }

    /** Whether there is a parameter of that name, be it empty. */
    boolean has(String name) {
        for (int at = 0; at < used; at += BOUNDS) {
            if (named(at, name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The text that Twilio signs: name and value without anything between, in the byte order of the names; of a repeated name
     * every different value, in byte order, each with the name before it. Empty values leave the bare name.
     */
    byte[] signedText() {
        Integer[] order = new Integer[used / BOUNDS];
        for (int i = 0; i < order.length; i++) {
            order[i] = i * BOUNDS;
        }
        Arrays.sort(order, this::compare);
        byte[] text = new byte[decoded.length];
        int length = 0;
        for (int i = 0; i < order.length; i++) {
            int at = order[i];
            if (i > 0 && compare(order[i - 1], at) == 0) {
                continue;
            }
            System.arraycopy(decoded, bounds[at], text, length, bounds[at + 2] - bounds[at]);
            length += bounds[at + 2] - bounds[at];
        }
        return Arrays.copyOf(text, length);
    }

    /** By name alone first: {@code Reason} comes before {@code ReasonConferenceEnded} whatever their values are. */
    private int compare(int one, int other) {
        int byName = Arrays.compareUnsigned(
                decoded, bounds[one], bounds[one + 1], decoded, bounds[other], bounds[other + 1]);
        return byName != 0
                ? byName
                : Arrays.compareUnsigned(
                        decoded, bounds[one + 1], bounds[one + 2], decoded, bounds[other + 1], bounds[other + 2]);
    }

    private boolean named(int at, String name) {
        int start = bounds[at];
        if (bounds[at + 1] - start != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (decoded[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String value(int at) {
        return new String(decoded, bounds[at + 1], bounds[at + 2] - bounds[at + 1], StandardCharsets.UTF_8);
    }
}
