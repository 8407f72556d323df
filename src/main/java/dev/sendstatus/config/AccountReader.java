package dev.sendstatus.config;

import dev.sendstatus.config.ConfigurationFile.Entry;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.ProviderAdapter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The list {@code accounts}: which are on, which are off, and which are half an account, a mistake. One thread, one use. */
final class AccountReader {
    private static final String NAME = "name";
    private static final String PROVIDER = "provider";
    private static final String VERIFY = "verify";
    private static final String THRESHOLD = "stuck-threshold";
    private static final String API_BASE_URL = "api-base-url";
    private static final List<String> COMMON = List.of(NAME, PROVIDER, VERIFY, THRESHOLD, API_BASE_URL);

    /** They open the provider's API and verify no callback: alone they make no account, and are no mistake either. */
    private static final Set<String> FOR_THE_API = Set.of("api-key", "api-key-secret", "client-id", "client-secret");

    private final Map<String, ProviderAdapter<?>> adapters = new TreeMap<>();
    private final Mistakes mistakes;
    private final Set<AccountName> names = new HashSet<>();
    private final List<AccountConfiguration> on = new ArrayList<>();
    private final List<AccountOff> off = new ArrayList<>();
    private final List<EffectiveValue> effective = new ArrayList<>();
    private final Map<AccountName, Duration> thresholds = new LinkedHashMap<>();
    private final Map<AccountName, String> thresholdOrigins = new LinkedHashMap<>();

    AccountReader(List<ProviderAdapter<?>> adapters, Mistakes mistakes) {
        adapters.forEach(adapter -> this.adapters.put(adapter.provider().word(), adapter));
        this.mistakes = mistakes;
    }

    List<AccountConfiguration> on() {
        return on;
    }

    List<AccountOff> off() {
        return off;
    }

    List<EffectiveValue> effective() {
        return effective;
    }

    Map<AccountName, Duration> thresholds() {
        return thresholds;
    }

    String thresholdOrigin(AccountName account) {
        return thresholdOrigins.getOrDefault(account, "");
    }

    void read(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            ProviderAdapter<?> adapter = adapter(entry, "accounts[" + i + "].");
            String name = name(entry, "accounts[" + i + "].");
            if (adapter != null && name != null) {
                read(entry, adapter, new AccountName(adapter.provider(), name));
            }
        }
    }

    static String label(AccountName name) {
        return "accounts[" + name + "].";
    }

    private @Nullable ProviderAdapter<?> adapter(Entry entry, String label) {
        Setting provider = setting(entry, PROVIDER);
        ProviderAdapter<?> adapter = adapters.get(provider.text());
        if (adapter == null) {
            String wrong =
                    provider.isSet() ? Reading.quoted(provider.text()) + " is no provider known here" : "is missing";
            mistakes.add(
                    provider.origin(),
                    label + PROVIDER,
                    wrong + ": write one of " + String.join(", ", adapters.keySet())
                            + Nearest.question(provider.text(), adapters.keySet()));
        }
        return adapter;
    }

    private @Nullable String name(Entry entry, String label) {
        Setting name = setting(entry, NAME);
        if (!name.isSet()) {
            mistakes.add(
                    name.origin(), label + NAME, "is missing: give the account a name like \"main\", it is in its URL");
            return null;
        }
        if (!fitsUrl(name.text())) {
            mistakes.add(
                    name.origin(),
                    label + NAME,
                    Reading.quoted(name.text()) + " does not fit into a URL: use letters, digits, - and _ only");
            return null;
        }
        return name.text();
    }

    private static boolean fitsUrl(String name) {
        return name.chars()
                .allMatch(c ->
                        c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_');
    }

    private void read(Entry entry, ProviderAdapter<?> adapter, AccountName name) {
        if (!names.add(name)) {
            mistakes.add(
                    setting(entry, NAME).origin(),
                    label(name) + NAME,
                    "two accounts of " + name.provider() + " have this name: rename one, the name is in its URL");
            return;
        }
        refuseUnknownKeys(entry, adapter, name);
        Boolean verify = value(entry, VERIFY, name, Reading::yesOrNo);
        Duration threshold = value(entry, THRESHOLD, name, Reading::duration);
        URI apiBaseUrl = value(entry, API_BASE_URL, name, Reading::webAddress);
        if (threshold != null) {
            thresholds.put(name, threshold);
            thresholdOrigins.put(name, setting(entry, THRESHOLD).origin());
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (AccountSetting key : adapter.settings()) {
            Setting setting = setting(entry, key.key());
            if (setting.isSet()) {
                values.put(key.key(), setting.text());
                effective.add(EffectiveValue.of(label(name) + key.key(), setting, key.secret()));
            }
        }
        if (FOR_THE_API.containsAll(values.keySet())) {
            off.add(off(entry, adapter, name));
        } else if (makesKeys(entry, adapter, name, values)) {
            on.add(new AccountConfiguration(name, verify == null || verify, threshold, apiBaseUrl, values));
        }
    }

    private void refuseUnknownKeys(Entry entry, ProviderAdapter<?> adapter, AccountName name) {
        Set<String> known = new LinkedHashSet<>(COMMON);
        adapter.settings().forEach(key -> known.add(key.key()));
        entry.settings().forEach((key, setting) -> {
            if (!known.contains(key)) {
                mistakes.add(
                        setting.where(),
                        label(name) + key,
                        "is no key of a " + name.provider() + " account, which takes " + String.join(", ", known)
                                + Nearest.question(key, known));
            }
        });
    }

    /** Null if it is not set. */
    private <T> @Nullable T value(Entry entry, String key, AccountName name, Function<String, T> reading) {
        Setting setting = setting(entry, key);
        if (!setting.isSet()) {
            return null;
        }
        try {
            T value = reading.apply(setting.text());
            effective.add(EffectiveValue.of(label(name) + key, setting, false));
            return value;
        } catch (Unfit e) {
            effective.add(EffectiveValue.mistaken(label(name) + key, setting));
            mistakes.add(setting.origin(), label(name) + key, e.remedy());
            return null;
        }
    }

    private boolean makesKeys(Entry entry, ProviderAdapter<?> adapter, AccountName name, Map<String, String> values) {
        try {
            adapter.keys(values);
            return true;
        } catch (InvalidAccount e) {
            e.mistakes()
                    .forEach(mistake -> mistakes.add(
                            setting(entry, mistake.key()).origin(), label(name) + mistake.key(), mistake.remedy()));
            return false;
        }
    }

    /** What the provider needs is what its adapter misses when it is given nothing. */
    private static AccountOff off(Entry entry, ProviderAdapter<?> adapter, AccountName name) {
        Set<String> missing = new LinkedHashSet<>();
        try {
            adapter.keys(Map.of());
            adapter.settings().forEach(key -> missing.addAll(asSet(entry, key.key())));
        } catch (InvalidAccount e) {
            e.mistakes().forEach(mistake -> missing.addAll(asSet(entry, mistake.key())));
        }
        List<String> names = List.copyOf(missing);
        return new AccountOff(name, names, "to switch it on, set " + String.join(", ", names));
    }

    private static List<String> asSet(Entry entry, String key) {
        List<String> variables = setting(entry, key).variables();
        return variables.isEmpty() ? List.of(key + " at " + entry.where()) : variables;
    }

    private static Setting setting(Entry entry, String key) {
        Setting found = entry.settings().get(key);
        return found == null ? new Setting("", entry.where(), List.of()) : found;
    }
}
