package dev.sendstatus.dashboard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of a form.
 *
 * @param options the choices, the first for anything; empty if the field takes any text
 * @param hint an example
 */
public record Choice(String name, String label, String value, List<String> options, String hint) {

    static Choice text(String name, String label, @Nullable String value, String hint) {
        return new Choice(name, label, value == null ? "" : value, List.of(), hint);
    }

    /** Of these by their words. The value that was given is among the options even if it is none of them. */
    static <T> Choice of(
            String name, String label, @Nullable String value, Collection<T> things, Function<? super T, String> word) {
        List<String> options = new ArrayList<>(List.of(""));
        things.forEach(thing -> options.add(word.apply(thing)));
        if (value != null && !options.contains(value)) {
            options.add(value);
        }
        return new Choice(name, label, value == null ? "" : value, options, "");
    }
}
