package dev.sendstatus.provider.twilio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request, in the order sent, repeated ones and empty ones too, of {@code application/x-www-form-urlencoded}
 * bytes. Never fails: a malformed escape is kept as it was sent, an empty part between two {@code &} is none.
 */
final class FormParameters {
    private final List<Parameter> parameters = new ArrayList<>();

    /** Name and value, decoded. They are bytes of any encoding, and a char holds one byte, since Twilio sorts and signs bytes. */
    private record Parameter(String name, String value) {
        /** By name alone first: {@code Reason} comes before {@code ReasonConferenceEnded} whatever their values are. */
        static final Comparator<Parameter> ORDER =
                Comparator.comparing(Parameter::name).thenComparing(Parameter::value);

        String text() {
            return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    FormParameters(byte[] encoded) {
        String form = new String(encoded, StandardCharsets.ISO_8859_1);
        int start = 0;
        while (start < form.length()) {
            int next = form.indexOf('&', start);
            int end = next < 0 ? form.length() : next;
            int equals = form.indexOf('=', start);
            int name = equals < 0 || equals > end ? end : equals;
            if (end > start) {
                parameters.add(new Parameter(decoded(form, start, name), decoded(form, Math.min(name + 1, end), end)));
            }
            start = end + 1;
        }
    }

    private static String decoded(String form, int start, int end) {
        StringBuilder decoded = new StringBuilder(end - start);
        int at = start;
        while (at < end) {
            char c = form.charAt(at);
            int high = c == '%' && at + 2 < end ? Character.digit(form.charAt(at + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(form.charAt(at + 2), 16) : -1;
            decoded.append(low >= 0 ? (char) (high << 4 | low) : c == '+' ? ' ' : c);
            at += low >= 0 ? 3 : 1;
        }
        return decoded.toString();
    }

    /** The value of the first parameter of that ASCII name, as sent; null if there is none or it is empty. */
    @Nullable
    String first(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name.equals(name)) {
                return parameter.value.isEmpty() ? null : parameter.text();
            }
        }
        return null;
    }

    /** Every different value of that name that is not empty, as sent. */
    Set<String> all(String name) {
        Set<String> values = new LinkedHashSet<>(2);
        for (Parameter parameter : parameters) {
            if (parameter.name.equals(name) && !parameter.value.isEmpty()) {
                values.add(parameter.text());
            }
        }
        return values;
    }

    /** Whether there is a parameter of that name, be it empty. */
    boolean has(String name) {
        return parameters.stream().anyMatch(parameter -> parameter.name.equals(name));
    }

    /**
     * The text that Twilio signs: name and value without anything between, in the byte order of the names; of a repeated name
     * every different value, in byte order, each with the name before it. Empty values leave the bare name.
     */
    byte[] signedText() {
        Set<Parameter> sorted = new TreeSet<>(Parameter.ORDER);
        sorted.addAll(parameters);
        StringBuilder text = new StringBuilder();
        sorted.forEach(parameter -> text.append(parameter.name).append(parameter.value));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
