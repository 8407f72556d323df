package dev.sendstatus.provider.twilio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request, in the order sent, repeated ones and empty ones too. {@code application/x-www-form-urlencoded} bytes are
 * taken apart in one pass, without a string: what is signed are bytes, and of the dozen parameters of a callback few are read. Never fails:
 * a malformed escape is kept as it was sent, an empty part between two {@code &} is none.
 */
final class FormParameters {
    /** Enough for every callback seen; grows for the others. */
    private static final int USUAL_PARAMETERS = 32;

    /** Decoding never lengthens. */
    private final byte[] decoded;

    private final List<Parameter> parameters = new ArrayList<>(USUAL_PARAMETERS);
    private int end;

    /** The places in the decoded bytes where a parameter's name starts, where its value starts, and where it ends. */
    private record Parameter(int name, int value, int end) {
        boolean isEmpty() {
            return value == end;
        }
    }

    FormParameters(byte[] encoded) {
        this.decoded = new byte[encoded.length];
        int at = 0;
        while (at < encoded.length) {
            at = encoded[at] == '&' ? at + 1 : decode(encoded, at);
        }
    }

    /** Decodes the parameter that starts there; returns where it ends. */
    private int decode(byte[] encoded, int start) {
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
        parameters.add(new Parameter(name, value < 0 ? end : value, end));
        return at;
    }

    /** The byte that the escape at that place stands for; negative if it is malformed. */
    private static int escape(byte[] encoded, int percent) {
        if (percent + 2 >= encoded.length) {
            return -1;
        }
        int high = Character.digit(encoded[percent + 1], 16);
        int low = Character.digit(encoded[percent + 2], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** The value of the first parameter of that ASCII name, as sent; null if there is none or it is empty. */
    @Nullable
    String first(String name) {
        for (Parameter parameter : parameters) {
            if (isNamed(parameter, name)) {
                return parameter.isEmpty() ? null : value(parameter);
            }
        }
        return null;
    }

    /** Every different value of that name that is not empty, as sent. */
    Set<String> all(String name) {
        Set<String> values = new LinkedHashSet<>(2);
        for (Parameter parameter : parameters) {
            if (!parameter.isEmpty() && isNamed(parameter, name)) {
                values.add(value(parameter));
            }
        }
        return values;
    }

    /** Whether there is a parameter of that name, be it empty. */
    boolean has(String name) {
        return parameters.stream().anyMatch(parameter -> isNamed(parameter, name));
    }

    /**
     * The text that Twilio signs: name and value without anything between, in the byte order of the names; of a repeated name
     * every different value, in byte order, each with the name before it. Empty values leave the bare name.
     */
    byte[] signedText() {
        Parameter[] sorted = parameters.toArray(Parameter[]::new);
        Arrays.sort(sorted, this::compare);
        byte[] text = new byte[decoded.length];
        int length = 0;
        Parameter before = null;
        for (Parameter parameter : sorted) {
            if (before == null || compare(before, parameter) != 0) {
                int size = parameter.end - parameter.name;
                System.arraycopy(decoded, parameter.name, text, length, size);
                length += size;
            }
            before = parameter;
        }
        return Arrays.copyOf(text, length);
    }

    /** By name alone first: {@code Reason} comes before {@code ReasonConferenceEnded} whatever their values are. */
    private int compare(Parameter one, Parameter other) {
        int byName = Arrays.compareUnsigned(decoded, one.name, one.value, decoded, other.name, other.value);
        return byName != 0
                ? byName
                : Arrays.compareUnsigned(decoded, one.value, one.end, decoded, other.value, other.end);
    }

    private boolean isNamed(Parameter parameter, String name) {
        if (parameter.value - parameter.name != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (decoded[parameter.name + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String value(Parameter parameter) {
        return new String(decoded, parameter.value, parameter.end - parameter.value, StandardCharsets.UTF_8);
    }
}
