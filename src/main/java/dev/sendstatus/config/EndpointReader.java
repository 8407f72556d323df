package dev.sendstatus.config;

import dev.sendstatus.config.ConfigurationFile.Entry;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.outbound.Destination;
import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.state.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The list {@code relay.endpoints}: which are on, and which are off since they have no URL. One thread, one use. */
final class EndpointReader {
    private static final String NAME = "name";
    private static final String URL = "url";
    private static final String SECRET = "secret";
    private static final String SECONDARY = "secret-secondary";
    private static final String PRIVATE = "private-network";
    private static final String EVENTS = "events";
    private static final String ACCOUNTS = "accounts";
    private static final String CAMPAIGNS = "campaigns";
    private static final String TAGS = "tags";
    private static final String CONCURRENCY = "concurrency";
    private static final String TIMEOUT = "timeout";
    private static final String START = "start";

    /** The keys of an endpoint with their meaning, in Markdown. */
    static final Map<String, String> KEYS = keys();

    private static final Set<Change.Type> USUAL_EVENTS =
            Set.of(Change.Type.DELIVERED, Change.Type.FAILED, Change.Type.UNCONFIRMED);
    private static final int USUAL_CONCURRENCY = 8;
    private static final int MOST_CONCURRENCY = 64;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    private final Set<String> accounts = new TreeSet<>();
    private final Set<String> optional;
    private final Mistakes mistakes;
    private final Set<String> names = new HashSet<>();
    private final List<EndpointSettings> on = new ArrayList<>();
    private final List<String> off = new ArrayList<>();
    private final List<EffectiveValue> effective = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** @param optional variables that may be unset */
    EndpointReader(Set<AccountName> accounts, Set<String> optional, Mistakes mistakes) {
        accounts.forEach(account -> {
            this.accounts.add(account.name());
            this.accounts.add(account.toString());
        });
        this.optional = optional;
        this.mistakes = mistakes;
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(NAME, "the endpoint's name: letters, digits, `-` and `_`");
        keys.put(URL, "where the pushes go; without it the endpoint is off");
        keys.put(SECRET, "what they are signed with: `sendstatus relay secret` makes one; never printed");
        keys.put(SECONDARY, "a second one, while the first is replaced; never printed");
        keys.put(EVENTS, "of `sent`, `delivered`, `failed`, `unconfirmed`; all but `sent` if absent");
        keys.put(ACCOUNTS, "names of accounts, or `provider/name`; all if absent");
        keys.put(CAMPAIGNS, "names of campaigns; all messages if absent");
        keys.put(TAGS, "tags, of which a message needs one; all messages if absent");
        keys.put(CONCURRENCY, "how many pushes are under way at a time, from 1 to 64; `8` if absent");
        keys.put(TIMEOUT, "how long an answer may take, up to `PT1M`; `PT15S` if absent");
        keys.put(PRIVATE, "`true` allows addresses of private networks and of this host, and `http://`");
        keys.put(START, "where a new endpoint begins: `now`, or `oldest`, with all that is kept; `now` if absent");
        return keys;
    }

    List<EndpointSettings> on() {
        return on;
    }

    /** Each with how to switch it on. */
    List<String> off() {
        return off;
    }

    List<EffectiveValue> effective() {
        return effective;
    }

    List<String> warnings() {
        return warnings;
    }

    void read(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Setting name = entry.setting(NAME);
            if (!name.isSet() || !AccountReader.fitsUrl(name.text())) {
                mistakes.add(
                        name.origin(),
                        "relay.endpoints[" + i + "].name",
                        name.isSet()
                                ? "does not fit into a URL: use letters, digits, - and _ only"
                                : "is missing: give the endpoint a name like \"main\"");
            } else if (!names.add(name.text())) {
                mistakes.add(name.origin(), label(name.text(), NAME), "is the name of two endpoints: rename one");
            } else {
                read(entry, name.text());
            }
        }
    }

    private static String label(String name, String key) {
        return "relay.endpoints[" + name + "]." + key;
    }

    private void read(Entry entry, String name) {
        refuseUnknownKeys(entry, name);
        if (isAbsent(entry.setting(URL))) {
            off.add(name + "; to switch it on, set " + asSet(entry, URL) + " and " + asSet(entry, SECRET));
            return;
        }
        int before = mistakes.found().size();
        boolean privateNetwork = value(entry, PRIVATE, name, false, Reading::yesOrNo);
        HttpUrl url = valueOrNull(entry, URL, name, text -> fit(() -> Destination.url(text, privateNetwork)));
        List<SigningSecret> secrets = secrets(entry, name);
        EndpointSettings settings = url == null
                ? null
                : new EndpointSettings(
                        name,
                        new Destination(
                                url,
                                secrets,
                                value(entry, TIMEOUT, name, USUAL_TIMEOUT, EndpointReader::timeout),
                                privateNetwork),
                        types(entry, name),
                        accounts(entry, name),
                        values(entry, CAMPAIGNS, name),
                        values(entry, TAGS, name),
                        value(
                                entry,
                                CONCURRENCY,
                                name,
                                USUAL_CONCURRENCY,
                                text -> Reading.integer(text, 1, MOST_CONCURRENCY)),
                        value(entry, START, name, false, EndpointReader::fromOldest));
        if (settings != null && mistakes.found().size() == before) {
            on.add(settings);
        }
    }

    private List<SigningSecret> secrets(Entry entry, String name) {
        List<SigningSecret> secrets = new ArrayList<>();
        for (String key : List.of(SECRET, SECONDARY)) {
            SigningSecret secret = valueOrNull(entry, key, name, text -> fit(() -> SigningSecret.read(text)));
            if (secret != null) {
                secrets.add(secret);
                if (secret.isShort()) {
                    warnings.add(label(name, key)
                            + " is short and can be guessed: sendstatus relay secret makes a longer one");
                }
            }
        }
        if (isAbsent(entry.setting(SECRET))) {
            mistakes.add(
                    entry.setting(SECRET).origin(),
                    label(name, SECRET),
                    "is missing: make one with sendstatus relay secret, and give it to the receiver as well");
        }
        return secrets;
    }

    private Set<Change.Type> types(Entry entry, String name) {
        Map<String, Change.Type> words = new LinkedHashMap<>();
        for (Change.Type type : Change.Type.values()) {
            words.put(type.name().toLowerCase(Locale.ROOT), type);
        }
        Set<Change.Type> types = new HashSet<>();
        for (String event : values(entry, EVENTS, name)) {
            Change.Type type = words.get(event.startsWith("message.") ? event.substring(8) : event);
            if (type == null) {
                mistakes.add(
                        entry.setting(EVENTS).origin(),
                        label(name, EVENTS),
                        "holds a word that is no event: write of " + String.join(", ", words.keySet())
                                + Nearest.question(event, words.keySet()));
            } else {
                types.add(type);
            }
        }
        return types.isEmpty() ? USUAL_EVENTS : types;
    }

    private Set<String> accounts(Entry entry, String name) {
        Set<String> named = values(entry, ACCOUNTS, name);
        for (String account : named) {
            if (!accounts.contains(account)) {
                mistakes.add(
                        entry.setting(ACCOUNTS).origin(),
                        label(name, ACCOUNTS),
                        "names an account that is not configured: write of " + String.join(", ", accounts)
                                + Nearest.question(account, accounts));
            }
        }
        return named;
    }

    private Set<String> values(Entry entry, String key, String name) {
        Setting setting = entry.setting(key);
        if (isAbsent(setting)) {
            return Set.of();
        }
        try {
            Set<String> values = new LinkedHashSet<>(setting.values());
            effective.add(EffectiveValue.of(label(name, key), setting, false));
            return values;
        } catch (Unfit e) {
            mistaken(setting, key, name, e);
            return Set.of();
        }
    }

    private static Duration timeout(String text) {
        Duration timeout = Reading.duration(text);
        if (timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new Unfit("is too long: write PT1M at most");
        }
        return timeout;
    }

    private static boolean fromOldest(String text) {
        return switch (text) {
            case "now" -> false;
            case "oldest" -> true;
            default -> throw new Unfit("is neither now nor oldest: write one of them");
        };
    }

    private static <T> T fit(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new Unfit(String.valueOf(e.getMessage()));
        }
    }

    /** The default where it is not set, or wrong. */
    private <T> T value(Entry entry, String key, String name, T usual, Function<String, T> reading) {
        T value = valueOrNull(entry, key, name, reading);
        return value == null ? usual : value;
    }

    private <T> @Nullable T valueOrNull(Entry entry, String key, String name, Function<String, T> reading) {
        Setting setting = entry.setting(key);
        if (isAbsent(setting)) {
            return null;
        }
        try {
            T value = reading.apply(setting.whole());
            boolean secret = key.equals(SECRET) || key.equals(SECONDARY);
            effective.add(EffectiveValue.of(label(name, key), shown(setting, key), secret));
            return value;
        } catch (Unfit e) {
            mistaken(setting, key, name, e);
            return null;
        }
    }

    /** In a URL's query there may be a secret. */
    private static Setting shown(Setting setting, String key) {
        int query = setting.text().indexOf('?');
        return key.equals(URL) && query >= 0
                ? new Setting(
                        setting.text().substring(0, query) + "?…",
                        setting.where(),
                        setting.variables(),
                        setting.unset(),
                        setting.list())
                : setting;
    }

    private void mistaken(Setting setting, String key, String name, Unfit mistake) {
        effective.add(EffectiveValue.mistaken(label(name, key), setting));
        mistakes.add(setting.origin(), label(name, key), mistake.remedy());
    }

    /** The default file names variables that nobody need set. */
    private boolean isAbsent(Setting setting) {
        return !setting.isSet() && optional.containsAll(setting.unset());
    }

    private static String asSet(Entry entry, String key) {
        List<String> variables = entry.setting(key).variables();
        return variables.isEmpty() ? key + " at " + entry.where() : String.join(", ", variables);
    }

    private void refuseUnknownKeys(Entry entry, String name) {
        entry.settings().forEach((key, setting) -> {
            if (!KEYS.containsKey(key)) {
                mistakes.add(
                        setting.where(),
                        label(name, key),
                        "is no key of an endpoint, which takes " + String.join(", ", KEYS.keySet())
                                + Nearest.question(key, KEYS.keySet()));
            }
        });
    }
}
