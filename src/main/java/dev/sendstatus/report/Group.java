package dev.sendstatus.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How many messages have something in common.
 *
 * @param key for a program; empty if unknown
 * @param label for a person
 */
public record Group(String key, String label, long count) {

    /** The greatest first; of equal ones the first by key. */
    static <T> List<Group> by(List<T> items, Function<T, String> key, Function<T, String> label) {
        Map<String, Group> groups = new TreeMap<>();
        for (T item : items) {
            groups.merge(
                    key.apply(item),
                    new Group(key.apply(item), label.apply(item), 1),
                    (one, more) -> new Group(one.key, one.label, one.count + more.count));
        }
        List<Group> sorted = new ArrayList<>(groups.values());
        // The map is in the order of the keys already, and the sort keeps it among equals.
        sorted.sort(Comparator.comparingLong(Group::count).reversed());
        return List.copyOf(sorted);
    }
}
