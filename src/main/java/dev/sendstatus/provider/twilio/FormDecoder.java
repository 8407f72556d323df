package dev.sendstatus.provider.twilio;

import java.util.Arrays;

/**
 * Takes {@code application/x-www-form-urlencoded} bytes apart in one pass, without a string: what is signed are bytes, and of
 * the dozen parameters of a callback few are read. Never fails: a malformed escape is kept as it was sent, an empty part
 * between two {@code &} is none.
 */
final class FormDecoder {
    /** Enough for every callback seen; grows for the others. */
    private static final int USUAL_PARAMETERS = 32;

    private final byte[] encoded;
    /** Decoding never lengthens. */
    private final byte[] decoded;

    private int end;
    private int[] bounds = new int[USUAL_PARAMETERS * FormParameters.BOUNDS];
    private int used;

    private FormDecoder(byte[] encoded) {
        this.encoded = encoded;
        this.decoded = new byte[encoded.length];
    }

    /** The parameters in the order sent, repeated ones and empty ones too. */
    static FormParameters decode(byte[] encoded) {
        return new FormDecoder(encoded).parameters();
    }

    private FormParameters parameters() {
        int at = 0;
        while (at < encoded.length) {
            at = encoded[at] == '&' ? at + 1 : parameter(at);
        }
        return new FormParameters(decoded, bounds, used);
    }

    /** Decodes the parameter that starts there; returns where it ends. */
    private int parameter(int start) {
        int name = end;
        int value = -1;
        int at = start;
        while (at < encoded.length && encoded[at] != '&') {
            byte b = encoded[at];
            int escaped = b == '%' ? escape(at) : -1;
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
        if (used + FormParameters.BOUNDS > bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[used++] = name;
        bounds[used++] = value;
        bounds[used++] = end;
    }

    /** The byte that the escape at that place stands for; negative if it is malformed. */
    private int escape(int percent) {
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
}
