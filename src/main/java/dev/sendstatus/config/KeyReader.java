package dev.sendstatus.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds each {@link Key} in the environment, else in the file, else takes its default; and keeps what it found to be shown. */
final class KeyReader {
    /** Read by others: the launcher, the log, this loader. */
    private static final List<String> OTHER_VARIABLES =
            List.of("SENDSTATUS_CONFIG", "SENDSTATUS_LOG_LEVEL", "SENDSTATUS_JAVA_HOME", "SENDSTATUS_JAVA_OPTIONS");

    private static final String PREFIX = "SENDSTATUS_";

    private final Map<String, String> environment;
    private final ConfigurationFile file;
    private final Mistakes mistakes;
    private final Map<Key, EffectiveValue> effective = new LinkedHashMap<>();

    KeyReader(Map<String, String> environment, ConfigurationFile file, Mistakes mistakes) {
        this.environment = environment;
        this.file = file;
        this.mistakes = mistakes;
    }

    /** A key that has a default. After a mistake it is the default, so that the rest can still be checked. */
    <T> T read(Key key, Function<String, T> reading) {
        return read(key, key.defaultText(), reading);
    }

    <T> T read(Key key, String defaultText, Function<String, T> reading) {
        Setting setting = find(key, defaultText);
        effective.put(key, EffectiveValue.of(key.path(), setting, key.secret()));
        try {
            return reading.apply(setting.text());
        } catch (Unfit e) {
            mistakes.add(setting.origin(), key.path(), e.remedy());
            effective.put(key, EffectiveValue.mistaken(key.path(), setting));
            return reading.apply(defaultText);
        }
    }

    /** Where that key's value stands, for a mistake that two keys make together. */
    String origin(Key key) {
        return find(key, key.defaultText()).origin();
    }

    /** Shows something other than the value as it was written. */
    void show(Key key, String shown) {
        effective.computeIfPresent(
                key,
                (same, value) -> value.shown().equals(EffectiveValue.MISTAKE)
                        ? value
                        : new EffectiveValue(value.key(), shown, value.origin()));
    }

    List<EffectiveValue> effective() {
        List<EffectiveValue> inOrder = new ArrayList<>();
        for (Key key : Key.values()) {
            EffectiveValue value = effective.get(key);
            if (value != null) {
                inOrder.add(value);
            }
        }
        return inOrder;
    }

    private Setting find(Key key, String defaultText) {
        Setting found = null;
        for (String variable : key.variables()) {
            String text = environment.getOrDefault(variable, "");
            if (text.isEmpty()) {
                continue;
            }
            if (found == null) {
                found = new Setting(text, variable, List.of());
            } else if (!found.text().equals(text)) {
                mistakes.add(
                        variable,
                        key.path(),
                        "says something else than " + found.where() + ", its other name: unset one");
            }
        }
        if (found != null) {
            return found;
        }
        Setting inFile = file.settings().get(key.path());
        return inFile != null && inFile.isSet() ? inFile : new Setting(defaultText, Setting.DEFAULT, List.of());
    }

    /** Keys in the file that nothing reads are mistakes: a mistyped one would silently leave the default in force. */
    void refuseUnknownKeys() {
        Set<String> known = new TreeSet<>();
        Arrays.stream(Key.values()).map(Key::path).forEach(known::add);
        file.settings().forEach((path, setting) -> {
            if (!known.contains(path)) {
                mistakes.add(setting.where(), path, remedyForUnknown(path, known));
            }
        });
    }

    private static String remedyForUnknown(String path, Set<String> known) {
        List<String> below = known.stream()
                .filter(key -> key.startsWith(path + "."))
                .map(key -> key.substring(path.length() + 1))
                .toList();
        if (!below.isEmpty()) {
            return "is a group and has no value of its own: write " + String.join(", ", below) + " below it, indented";
        }
        return "is no key known here: mend its name or remove it" + Nearest.question(path, known);
    }

    /**
     * Variables that look mistyped. Only a warning: Kubernetes sets variables such as {@code SENDSTATUS_PORT} by itself for a
     * service of that name.
     */
    List<String> suspiciousVariables() {
        Set<String> known = new TreeSet<>(OTHER_VARIABLES);
        Arrays.stream(Key.values()).forEach(key -> known.addAll(key.variables()));
        List<String> warnings = new ArrayList<>();
        for (String variable : new TreeSet<>(environment.keySet())) {
            if (!variable.startsWith(PREFIX) || known.contains(variable)) {
                continue;
            }
            for (String candidate : known) {
                if (Nearest.distance(variable, candidate) <= 2) {
                    warnings.add(variable + " is set but nothing reads it; did you mean " + candidate + "?");
                    break;
                }
            }
        }
        return warnings;
    }
}
