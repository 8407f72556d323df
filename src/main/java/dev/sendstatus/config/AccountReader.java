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
import org.jspecify.annotations.Nullable;

/** The list {@code accounts}: which are on, which are off, and which are half an account, a mistake. One thread, one use. */
final class AccountReader {
    private static final String NAMELESS = "is missing: give the account a name like \"main\", it is in its URL";
    private static final String PROVIDER = "provider";
    private static final String VERIFY = "verify";
    private static final String THRESHOLD = "stuck-threshold";
    private static final String API_BASE_URL = "api-base-url";

    /** The keys of every account. */
    static final List<AccountSetting> COMMON = List.of(
            AccountSetting.open(
                    NamedItems.NAME, "the account's name, which is in its URL: letters, digits, `-` and `_`"),
            AccountSetting.open(PROVIDER, "the provider, as the headings below name it"),
            AccountSetting.open(VERIFY, "`false` lets anybody report on the account's messages; `true` if absent"),
            AccountSetting.open(THRESHOLD, "the account's own `stuck.threshold`"),
            AccountSetting.open(API_BASE_URL, "the provider's API, if it is not at the provider's own address"));

    private final Map<String, ProviderAdapter<?>> adapters = new TreeMap<>();
    private final Mistakes mistakes;
    private final NamedItems items;

    /** All accounts, on or off. */
    final Set<AccountName> names = new HashSet<>();

    final List<AccountConfiguration> on = new ArrayList<>();
    final List<AccountOff> off = new ArrayList<>();
    final Map<AccountName, Duration> thresholds = new LinkedHashMap<>();
    private final Map<AccountName, String> thresholdOrigins = new LinkedHashMap<>();

    /** @param optional the variables of the default file: they may be unset, in any account */
    AccountReader(List<ProviderAdapter<?>> adapters, Set<String> optional, Mistakes mistakes) {
        adapters.forEach(adapter -> this.adapters.put(adapter.provider().word(), adapter));
        this.mistakes = mistakes;
        this.items = new NamedItems("accounts", "an account", Map.of(), optional, (key, text) -> text, mistakes);
    }

    List<EffectiveValue> effective() {
        return items.effective();
    }

    String thresholdOrigin(AccountName account) {
        return thresholdOrigins.getOrDefault(account, "");
    }

    void read(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            String label = "accounts[" + i + "].";
            ProviderAdapter<?> adapter = adapter(entry, label);
            String name = items.name(entry, label, NAMELESS);
            if (adapter != null && name != null) {
                AccountName account = new AccountName(adapter.provider(), name);
                read(new NamedItem(items, entry, label(account), name), adapter, account);
            }
        }
    }

    /** An account of each provider with every key, each from the variable of its name, as YAML. */
    static String defaults(List<ProviderAdapter<?>> adapters) {
        StringBuilder yaml = new StringBuilder("accounts:\n");
        for (ProviderAdapter<?> adapter : adapters) {
            String word = adapter.provider().word();
            yaml.append("  - name: ")
                    .append(word)
                    .append("\n    provider: ")
                    .append(word)
                    .append('\n');
            adapter.settings().forEach(key -> yaml.append(fromVariable(word, key.key())));
            yaml.append(fromVariable(word, API_BASE_URL));
        }
        return yaml.toString();
    }

    private static String fromVariable(String provider, String key) {
        return "    " + key + ": ${" + AccountSetting.variable(provider, key) + "}\n";
    }

    static String label(AccountName name) {
        return "accounts[" + name + "].";
    }

    private @Nullable ProviderAdapter<?> adapter(Entry entry, String label) {
        Setting provider = entry.setting(PROVIDER);
        ProviderAdapter<?> adapter = adapters.get(provider.text());
        if (adapter == null) {
            String wrong = provider.isSet() ? "is no provider known here" : "is missing";
            mistakes.add(
                    provider.origin(),
                    label + PROVIDER,
                    wrong + ": write one of " + String.join(", ", adapters.keySet())
                            + Nearest.question(provider.text(), adapters.keySet()));
        }
        return adapter;
    }

    private void read(NamedItem item, ProviderAdapter<?> adapter, AccountName name) {
        if (!names.add(name)) {
            item.mistake(
                    NamedItems.NAME,
                    "two accounts of " + name.provider() + " have this name: rename one, the name is in its URL");
            return;
        }
        Set<String> known = new LinkedHashSet<>();
        COMMON.forEach(key -> known.add(key.key()));
        adapter.settings().forEach(key -> known.add(key.key()));
        item.refuseOthers("a " + name.provider() + " account", known);
        boolean verify = item.value(VERIFY, true, Reading::yesOrNo);
        Duration threshold = item.valueOrNull(THRESHOLD, Reading::duration);
        URI apiBaseUrl = item.valueOrNull(API_BASE_URL, Reading::webAddress);
        if (threshold != null) {
            thresholds.put(name, threshold);
            thresholdOrigins.put(name, item.setting(THRESHOLD).origin());
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (AccountSetting key : adapter.settings()) {
            Setting setting = item.setting(key.key());
            if (setting.isSet()) {
                values.put(key.key(), setting.text());
            }
        }
        if (adapter.settings().stream().allMatch(key -> key.forApi() || !values.containsKey(key.key()))) {
            off.add(off(item, adapter, name));
            return;
        }
        Map<String, String> wrong = wrong(item, adapter, values);
        wrong.forEach(item::mistake);
        for (AccountSetting key : adapter.settings()) {
            Setting setting = item.setting(key.key());
            if (wrong.containsKey(key.key())) {
                items.show(EffectiveValue.mistaken(item.label(key.key()), setting));
            } else if (setting.isSet()) {
                // Two values may have been swapped. Beside a wrong one, any other may be a secret.
                items.show(EffectiveValue.of(item.label(key.key()), setting, key.secret() || !wrong.isEmpty()));
            }
        }
        if (wrong.isEmpty()) {
            on.add(new AccountConfiguration(name, verify, apiBaseUrl, values));
        }
    }

    /** The first mistake in each key: its form, the provider's opinion of it, a variable that is unset. */
    private Map<String, String> wrong(NamedItem item, ProviderAdapter<?> adapter, Map<String, String> values) {
        Map<String, String> wrong = new LinkedHashMap<>();
        values.keySet().forEach(key -> addUnlessWhole(item.setting(key), key, wrong));
        try {
            adapter.keys(values);
        } catch (InvalidAccount e) {
            e.mistakes().forEach(mistake -> wrong.putIfAbsent(mistake.key(), mistake.remedy()));
        }
        adapter.settings().stream()
                .filter(key -> !item.isAbsent(key.key()))
                .forEach(key -> addUnlessWhole(item.setting(key.key()), key.key(), wrong));
        return wrong;
    }

    private static void addUnlessWhole(Setting setting, String key, Map<String, String> wrong) {
        try {
            setting.whole();
        } catch (Unfit e) {
            wrong.putIfAbsent(key, e.remedy());
        }
    }

    /** The provider needs the keys that its adapter misses when it is given nothing. */
    private static AccountOff off(NamedItem item, ProviderAdapter<?> adapter, AccountName name) {
        Set<String> missing = new LinkedHashSet<>();
        try {
            adapter.keys(Map.of());
            adapter.settings().forEach(key -> missing.addAll(item.toSet(key.key())));
        } catch (InvalidAccount e) {
            e.mistakes().forEach(mistake -> missing.addAll(item.toSet(mistake.key())));
        }
        return new AccountOff(name, "to switch it on, set " + String.join(", ", missing));
    }
}
