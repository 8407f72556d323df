package dev.sendstatus.dashboard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a form.
 *
 * @param options what there is to choose from, the first for anything; empty if it takes any text
 * @param hint an example
 */
public record Choice(String name, String label, String value, List<String> options, String hint) {

    static Choice text(String name, String label, @Nullable String value, String hint) {
        return new Choice(name, label, value == null ? "" : value, List.of(), hint);
    }

    /** Of these; what was given is among them even if it is no such one. */
    static Choice of(String name, String label, @Nullable String value, List<String> words) {
        List<String> options = new ArrayList<>(List.of(""));
        options.addAll(words);
        if (value != null && !options.contains(value)) {
            options.add(value);
        }
        return new Choice(name, label, value == null ? "" : value, options, "");
    }
}
