package dev.sendstatus.config;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.outbound.Destination;
import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.state.Change;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The list {@code relay.endpoints}: which are on, and which are off since they have no URL. One thread, one use. */
final class EndpointReader {
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
    private final NamedItems items;

    /** @param optional variables that may be unset */
    EndpointReader(Set<AccountName> accounts, Set<String> optional, Mistakes mistakes) {
        accounts.forEach(account -> {
            this.accounts.add(account.name());
            this.accounts.add(account.toString());
        });
        this.items = new NamedItems(
                ConfigurationFile.ENDPOINTS, "an endpoint", KEYS, optional, EndpointReader::shown, mistakes);
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(NamedItems.NAME, "the endpoint's name: letters, digits, `-` and `_`");
        keys.put(URL, "the address of the pushes; without it the endpoint is off");
        keys.put(SECRET, "the signing secret: `sendstatus relay secret` makes one; never printed");
        keys.put(SECONDARY, "a second secret, while the first is replaced; never printed");
        keys.put(EVENTS, "of `sent`, `delivered`, `failed`, `unconfirmed`; all but `sent` if absent");
        keys.put(ACCOUNTS, "names of accounts, or `provider/name`; all if absent");
        keys.put(CAMPAIGNS, "names of campaigns; all messages if absent");
        keys.put(TAGS, "tags, of which a message needs one; all messages if absent");
        keys.put(CONCURRENCY, "pushes at a time, from 1 to 64; `8` if absent");
        keys.put(TIMEOUT, "the time for an answer, up to `PT1M`; `PT15S` if absent");
        keys.put(PRIVATE, "`true` allows addresses of private networks and of this host, and `http://`");
        keys.put(START, "the beginning of a new endpoint: `now`, or `oldest` with all that is kept; `now` if absent");
        return keys;
    }

    NamedItems.Found<EndpointSettings> read(List<ConfigurationFile.Entry> entries) {
        return items.read(entries, this::settings);
    }

    private @Nullable EndpointSettings settings(NamedItem item) {
        if (item.isAbsent(URL)) {
            item.off(URL, SECRET);
            return null;
        }
        boolean privateNetwork = item.value(PRIVATE, false, Reading::yesOrNo);
        HttpUrl url = item.valueOrNull(URL, text -> NamedItem.fit(() -> Destination.url(text, privateNetwork)));
        List<SigningSecret> secrets = item.signingSecrets(SECRET, SECONDARY);
        return url == null
                ? null
                : new EndpointSettings(
                        item.name(),
                        new Destination(
                                url,
                                secrets,
                                item.value(TIMEOUT, USUAL_TIMEOUT, EndpointReader::timeout),
                                privateNetwork),
                        types(item),
                        accounts(item),
                        item.values(CAMPAIGNS),
                        item.values(TAGS),
                        item.value(CONCURRENCY, USUAL_CONCURRENCY, text -> Reading.integer(text, 1, MOST_CONCURRENCY)),
                        item.value(START, false, text -> Reading.isSecond(text, "now", "oldest")));
    }

    private static Set<Change.Type> types(NamedItem item) {
        Map<String, Change.Type> words = Reading.words(Change.Type.values());
        Set<Change.Type> types = new HashSet<>();
        for (String event : item.values(EVENTS)) {
            Change.Type type = words.get(event.startsWith("message.") ? event.substring(8) : event);
            if (type == null) {
                item.mistake(
                        EVENTS,
                        "holds a word that is no event: write of " + String.join(", ", words.keySet())
                                + Nearest.question(event, words.keySet()));
            } else {
                types.add(type);
            }
        }
        return types.isEmpty() ? USUAL_EVENTS : types;
    }

    private Set<String> accounts(NamedItem item) {
        Set<String> named = item.values(ACCOUNTS);
        for (String account : named) {
            if (!accounts.contains(account)) {
                item.mistake(
                        ACCOUNTS,
                        "names an account that is not configured: write of " + String.join(", ", accounts)
                                + Nearest.question(account, accounts));
            }
        }
        return named;
    }

    private static Duration timeout(String text) {
        Duration timeout = Reading.duration(text);
        if (timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new Unfit("is too long: write PT1M at most");
        }
        return timeout;
    }

    /** The part of a value that may be shown. In a URL's query there may be a secret. */
    private static String shown(String key, String text) {
        if (key.equals(SECRET) || key.equals(SECONDARY)) {
            return EffectiveValue.HIDDEN;
        }
        int query = key.equals(URL) ? text.indexOf('?') : -1;
        return query < 0 ? text : text.substring(0, query) + "?…";
    }
}
