package dev.sendstatus.config;

import dev.sendstatus.config.ConfigurationFile.Entry;
import dev.sendstatus.outbound.SigningSecret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One item of a list: its values, and the mistakes in them.
 *
 * @param prefix of its keys, where they are shown: {@code relay.endpoints[main].}
 */
record NamedItem(NamedItems list, Entry entry, String prefix, String name) {
    /** {@code relay.endpoints[main].url}. */
    String label(String key) {
        return prefix + key;
    }

    /** Unset if it is not there. */
    Setting setting(String key) {
        return entry.setting(key);
    }

    boolean isAbsent(String key) {
        return list.isAbsent(entry.setting(key));
    }

    /** @param what takes those keys, with its article */
    void refuseOthers(String what, Collection<String> known) {
        entry.settings().forEach((key, setting) -> {
            if (!known.contains(key)) {
                list.mistakes()
                        .add(
                                setting.where(),
                                label(key),
                                "is no key of " + what + ", which takes " + String.join(", ", known)
                                        + Nearest.question(key, known));
            }
        });
    }

    private String asSet(String key) {
        return String.join(", ", toSet(key));
    }

    /** The variables that it comes from, or the key with its place. */
    List<String> toSet(String key) {
        List<String> variables = entry.setting(key).variables();
        return variables.isEmpty() ? List.of(key + " at " + entry.where()) : variables;
    }

    /** The default where it is not set, or wrong. */
    <T> T value(String key, T usual, Function<String, T> reading) {
        T value = valueOrNull(key, reading);
        return value == null ? usual : value;
    }

    /** Null where it is not set, or wrong. */
    <T> @Nullable T valueOrNull(String key, Function<String, T> reading) {
        Setting setting = entry.setting(key);
        if (list.isAbsent(setting)) {
            return null;
        }
        try {
            T value = reading.apply(setting.whole());
            list.show(new EffectiveValue(label(key), list.shown(key, setting.text()), setting.origin()));
            return value;
        } catch (Unfit e) {
            mistaken(key, e);
            return null;
        }
    }

    /** Empty where it is not set, or wrong. */
    Set<String> values(String key) {
        Setting setting = entry.setting(key);
        if (list.isAbsent(setting)) {
            return Set.of();
        }
        try {
            Set<String> values = new LinkedHashSet<>(setting.values());
            list.show(EffectiveValue.of(label(key), setting, false));
            return values;
        } catch (Unfit e) {
            mistaken(key, e);
            return Set.of();
        }
    }

    /** It leads nowhere, since these keys are not set. */
    void off(String... keys) {
        list.off(name + "; to switch it on, set "
                + Arrays.stream(keys).map(this::asSet).collect(Collectors.joining(" and ")));
    }

    /** The secrets that sign pushes, of which the first is needed. A short one is warned of. */
    List<SigningSecret> signingSecrets(String... keys) {
        if (isAbsent(keys[0])) {
            mistake(keys[0], "is missing: make one with sendstatus relay secret, and give it to the receiver as well");
        }
        List<SigningSecret> secrets = new ArrayList<>();
        for (String key : keys) {
            SigningSecret secret = valueOrNull(key, text -> fit(() -> SigningSecret.read(text)));
            if (secret != null) {
                secrets.add(secret);
            }
            if (secret != null && secret.isShort()) {
                list.warn(label(key) + " is short and can be guessed: sendstatus relay secret makes a longer one");
            }
        }
        return secrets;
    }

    void mistake(String key, String remedy) {
        list.mistakes().add(entry.setting(key).origin(), label(key), remedy);
    }

    private void mistaken(String key, Unfit mistake) {
        list.show(EffectiveValue.mistaken(label(key), entry.setting(key)));
        mistake(key, mistake.remedy());
    }

    /** A reading that complains by other exceptions, whose messages are remedies. */
    static <T> T fit(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new Unfit(String.valueOf(e.getMessage()));
        }
    }
}
