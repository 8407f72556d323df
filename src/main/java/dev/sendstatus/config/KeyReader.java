package dev.sendstatus.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Finds each {@link Key} in the environment, else in the file, else takes its default; and keeps what it found to be shown. */
final class KeyReader {
    /** Variables that are no key's, with their meaning: the launcher, the log and the loader read them. */
    static final Map<String, String> OTHER_VARIABLES = new TreeMap<>(Map.of(
            ConfigurationLoader.FILE_VARIABLE,
            "the file to read instead of `config/sendstatus.yaml`",
            "SENDSTATUS_LOG_LEVEL",
            "how much is logged: `ERROR`, `WARN`, `INFO` (the default), `DEBUG`, `TRACE`",
            "SENDSTATUS_JAVA_HOME",
            "the JDK that the scripts use",
            "SENDSTATUS_JAVA_OPTIONS",
            "options for Java, as `-Xmx512m`",
            "SENDSTATUS_RELAY_SECRET",
            "the signing secret of `tail --forward-to`, and of the default file's endpoint"));

    private static final String PREFIX = "SENDSTATUS_";
    /** Kubernetes sets such for every service, and begins them with the service's name. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_.+)?)");

    private static final Pattern PORT_OF_KUBERNETES = Pattern.compile("(tcp|udp|sctp)://.*");

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
        return read(
                key,
                find(key, defaultText),
                setting -> reading.apply(setting.whole()),
                () -> reading.apply(defaultText));
    }

    /** A key that takes several values; none where it is not set. */
    <T> T readAll(Key key, Function<List<String>, T> reading) {
        return read(
                key,
                find(key, key.defaultText()),
                setting -> reading.apply(setting.values()),
                () -> reading.apply(List.of()));
    }

    private <T> T read(Key key, Setting setting, Function<Setting, T> reading, Supplier<T> usual) {
        effective.put(key, EffectiveValue.of(key.path(), setting, key.secret()));
        try {
            return reading.apply(setting);
        } catch (Unfit e) {
            mistakes.add(setting.origin(), key.path(), e.remedy());
            effective.put(key, EffectiveValue.mistaken(key.path(), setting));
            return usual.get();
        }
    }

    /** The place of that key's value, for a mistake that two keys make together. */
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
        for (String variable : key.variables()) {
            String text = environment.getOrDefault(variable, "");
            if (!text.isEmpty()) {
                return Setting.of(text, variable);
            }
        }
        Setting fallback = Setting.of(defaultText, Setting.DEFAULT);
        Setting inFile = file.settings().getOrDefault(key.path(), fallback);
        return inFile.isSet() || !inFile.unset().isEmpty() ? inFile : fallback;
    }

    /** Keys in the file that nothing reads are mistakes: a mistyped one would silently leave the default in force. */
    void refuseUnknownKeys() {
        Set<String> known = new TreeSet<>();
        Arrays.stream(Key.values()).map(Key::path).forEach(known::add);
        known.addAll(file.lists().keySet());
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
     * Variables that nothing reads, and former names. Only warnings: an older version must start with the environment of a newer one, or
     * nobody could go back.
     */
    List<String> doubtfulVariables() {
        Set<String> known = new TreeSet<>(OTHER_VARIABLES.keySet());
        known.addAll(file.variables());
        Map<String, String> renamed = new TreeMap<>();
        for (Key key : Key.values()) {
            known.add(key.variable());
            key.variables().forEach(variable -> renamed.put(variable, key.variable()));
        }
        List<String> warnings = new ArrayList<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.startsWith(PREFIX) && !known.contains(variable) && !isOfKubernetes(variable, value)) {
                String name = renamed.get(variable);
                warnings.add(
                        name == null
                                ? variable + " is set, and nothing reads it: mend its name or unset it"
                                        + Nearest.question(variable, known)
                                : variable + " is the former name of " + name + ": rename it");
            }
        });
        return warnings;
    }

    private static boolean isOfKubernetes(String variable, String value) {
        return OF_KUBERNETES.matcher(variable).matches()
                || PORT_OF_KUBERNETES.matcher(value).matches();
    }
}
