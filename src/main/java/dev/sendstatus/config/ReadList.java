package dev.sendstatus.config;

import java.util.List;
import java.util.Set;

/**
 * A list of the configuration as it was read.
 *
 * @param on the settings of those that are on
 * @param off those that lead nowhere, each with how to switch it on
 * @param names of all, also of those that are off or wrong
 * @param effective every value with where it came from
 * @param warnings of values that look wrong and stop nothing
 */
record ReadList<T>(
        List<T> on, List<String> off, Set<String> names, List<EffectiveValue> effective, List<String> warnings) {
    ReadList {
        on = List.copyOf(on);
        off = List.copyOf(off);
        names = Set.copyOf(names);
        effective = List.copyOf(effective);
        warnings = List.copyOf(warnings);
    }
}
