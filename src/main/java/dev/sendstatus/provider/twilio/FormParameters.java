package dev.sendstatus.provider.twilio;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The decoded parameters of one request, as slices of one array. Immutable. */
final class FormParameters {
    /** Three places in the array a parameter: where its name starts, where its value starts, where it ends. */
    static final int BOUNDS = 3;

    private final byte[] decoded;
    private final int[] bounds;
    private final int used;

    FormParameters(byte[] decoded, int[] bounds, int used) {
        this.decoded = decoded;
        this.bounds = bounds;
        this.used = used;
    }

    /** The value of the first parameter of that ASCII name, fit for a store; null if there is none or it is empty. */
    @Nullable
    String first(String name) {
        String value = firstAsSent(name);
        return value == null ? null : SentText.cleaned(value);
    }

    /** The value as sent, which may hold what no store keeps; null if there is none or it is empty. */
    @Nullable
    String firstAsSent(String name) {
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
        int end = 0;
        for (int i = 0; i < order.length; i++) {
            int at = order[i];
            if (i > 0 && compare(order[i - 1], at) == 0) {
                continue;
            }
            int length = bounds[at + 2] - bounds[at];
            System.arraycopy(decoded, bounds[at], text, end, length);
            end += length;
        }
        return Arrays.copyOf(text, end);
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
