package dev.sendstatus.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a file, before anyone asks what it means.
 *
 * @param name as the operator knows it
 * @param settings by path, outside {@code accounts}
 * @param accounts null if the file says nothing about accounts
 */
record ConfigurationFile(
        String name,
        Map<String, Setting> settings,
        @Nullable List<Entry> accounts) {

    /** One item of {@code accounts}, at that place in the file; its settings by key. */
    record Entry(String where, Map<String, Setting> settings) {}

    static ConfigurationFile empty(String name) {
        return new ConfigurationFile(name, Map.of(), null);
    }
}
