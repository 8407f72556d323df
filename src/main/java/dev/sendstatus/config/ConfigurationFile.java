package dev.sendstatus.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The texts of a file, before they are read as values.
 *
 * @param name as the operator knows it
 * @param settings by path, outside the lists
 * @param lists by path; those that the file says something about
 */
record ConfigurationFile(String name, Map<String, Setting> settings, Map<String, List<Entry>> lists) {
    static final String ACCOUNTS = "accounts";
    static final String ENDPOINTS = "relay.endpoints";
    static final String CHANNELS = "channels";

    /** One item of a list, at that place in the file; its settings by key. */
    record Entry(String where, Map<String, Setting> settings) {

        /** Unset if it is not there. */
        Setting setting(String key) {
            Setting found = settings.get(key);
            return found == null ? Setting.of("", where) : found;
        }
    }

    static ConfigurationFile empty(String name) {
        return new ConfigurationFile(name, Map.of(), Map.of());
    }

    /** This file, with the lists of another one where this one says nothing about them. */
    ConfigurationFile over(ConfigurationFile defaults) {
        Map<String, List<Entry>> all = new HashMap<>(defaults.lists);
        all.putAll(lists);
        return new ConfigurationFile(name, settings, all);
    }

    List<Entry> list(String path) {
        return lists.getOrDefault(path, List.of());
    }

    /** The variables that values in lists are made from. */
    Set<String> variables() {
        Set<String> variables = new HashSet<>();
        lists.values()
                .forEach(list -> list.forEach(
                        entry -> entry.settings().values().forEach(setting -> variables.addAll(setting.variables()))));
        return variables;
    }
}
