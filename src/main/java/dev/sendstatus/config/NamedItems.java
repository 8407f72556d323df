package dev.sendstatus.config;

import dev.sendstatus.config.ConfigurationFile.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a list of groups that have names, as {@code relay.endpoints}. One thread, one use. */
final class NamedItems {
    static final String NAME = "name";

    private final String path;
    private final String what;
    private final Map<String, String> keys;
    private final Set<String> optional;
    private final BinaryOperator<String> shown;
    private final Mistakes mistakes;
    private final List<EffectiveValue> effective = new ArrayList<>();
    private final List<String> off = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /**
     * @param what one of them is, with its article: {@code an endpoint}
     * @param keys what one may hold, with its meaning
     * @param optional variables that may be unset
     * @param shown what may be shown of a key's value, by the key and the value
     */
    NamedItems(
            String path,
            String what,
            Map<String, String> keys,
            Set<String> optional,
            BinaryOperator<String> shown,
            Mistakes mistakes) {
        this.path = path;
        this.what = what;
        this.keys = keys;
        this.optional = optional;
        this.shown = shown;
        this.mistakes = mistakes;
    }

    /**
     * A list as it was read.
     *
     * @param on the settings of those that are on
     * @param off those that lead nowhere, each with how to switch it on
     * @param names of all, also of those that are off or wrong
     * @param effective every value with where it came from
     * @param warnings of values that look wrong and stop nothing
     */
    record Found<T>(
            List<T> on, List<String> off, Set<String> names, List<EffectiveValue> effective, List<String> warnings) {}

    /** @param reading an item's settings; null where it is off, or a mistake was found in it */
    <T> Found<T> read(List<Entry> entries, Function<NamedItem, @Nullable T> reading) {
        List<T> on = new ArrayList<>();
        for (NamedItem item : of(entries)) {
            int before = mistakes.found().size();
            T settings = reading.apply(item);
            if (settings != null && mistakes.found().size() == before) {
                on.add(settings);
            }
        }
        return new Found<>(on, off, names, effective, warnings);
    }

    /** Those whose name can be used. */
    private List<NamedItem> of(List<Entry> entries) {
        List<NamedItem> items = new ArrayList<>();
        String noun = what.substring(what.indexOf(' ') + 1);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            String name = name(entry, path + "[" + i + "].", "is missing: give the " + noun + " a name like \"main\"");
            if (name == null) {
                continue;
            }
            NamedItem item = new NamedItem(this, entry, path + "[" + name + "].", name);
            if (names.add(name)) {
                item.refuseOthers(what, keys.keySet());
                items.add(item);
            } else {
                item.mistake(NAME, "is the name of two " + noun + "s: rename one");
            }
        }
        return items;
    }

    /** The name, which is in the item's URL; null where none can be used. */
    @Nullable
    String name(Entry entry, String prefix, String missing) {
        Setting name = entry.setting(NAME);
        boolean fits = name.text().matches("[A-Za-z0-9_-]+");
        if (!fits) {
            String wrong = name.isSet() ? "does not fit into a URL: use letters, digits, - and _ only" : missing;
            mistakes.add(name.origin(), prefix + NAME, wrong);
        }
        return fits ? name.text() : null;
    }

    /** The default file names variables that nobody need set. */
    boolean isAbsent(Setting setting) {
        return !setting.isSet() && optional.containsAll(setting.unset());
    }

    String shown(String key, String text) {
        return shown.apply(key, text);
    }

    Mistakes mistakes() {
        return mistakes;
    }

    void show(EffectiveValue value) {
        effective.add(value);
    }

    void off(String how) {
        off.add(how);
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    List<EffectiveValue> effective() {
        return effective;
    }
}
