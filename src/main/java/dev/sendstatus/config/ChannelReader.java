package dev.sendstatus.config;

import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.MailSettings;
import dev.sendstatus.outbound.Destination;
import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.store.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The list {@code channels}: which are on, and which are off since they lead nowhere. One thread, one use. */
final class ChannelReader {
    private static final String TYPE = "type";
    private static final String URL = "url";
    private static final String TO = "to";
    private static final String SECRET = "secret";
    private static final String LEAST = "min-severity";
    private static final String NUMBERS = "numbers";
    private static final String PRIVATE = "private-network";

    /** The keys of a channel with their meaning, in Markdown. */
    static final Map<String, String> KEYS = keys();

    /** A test answers within 30 s. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final NamedItems items;

    /** @param optional variables that may be unset */
    ChannelReader(Set<String> optional, Mistakes mistakes) {
        this.items =
                new NamedItems(ConfigurationFile.CHANNELS, "a channel", KEYS, optional, ChannelReader::shown, mistakes);
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(NamedItems.NAME, "the channel's name: letters, digits, `-` and `_`");
        keys.put(TYPE, "`email`, `slack` (also Rocket.Chat), `discord`, `mattermost`, `teams`, `ntfy` or `webhook`");
        keys.put(URL, "the address of every type but `email`: a secret, of which only the host is printed");
        keys.put(TO, "the addresses of `email`");
        keys.put(
                SECRET,
                "of `webhook` the signing secret (`sendstatus relay secret` makes one), of `ntfy` the access token; never printed");
        keys.put(LEAST, "`info`, `warning` or `critical`: alerts below it are not told there; `warning` if absent");
        keys.put(NUMBERS, "numbers are `masked` to their last four digits, or `full`; `masked` if absent");
        keys.put(PRIVATE, "of `webhook`: `true` allows addresses of private networks and of this host, and `http://`");
        return keys;
    }

    NamedItems.Found<ChannelSettings> read(List<ConfigurationFile.Entry> entries) {
        return items.read(entries, ChannelReader::settings);
    }

    private static @Nullable ChannelSettings settings(NamedItem item) {
        ChannelSettings.Type type = item.valueOrNull(TYPE, text -> Reading.word(text, ChannelSettings.Type.values()));
        if (type == null) {
            if (item.isAbsent(TYPE)) {
                item.mistake(
                        TYPE,
                        "is missing: write of "
                                + String.join(
                                        ", ",
                                        Reading.words(ChannelSettings.Type.values())
                                                .keySet()));
            }
            return null;
        }
        String place = type == ChannelSettings.Type.EMAIL ? TO : URL;
        if (item.isAbsent(place)) {
            item.off(place);
            return null;
        }
        refuse(
                item,
                type == ChannelSettings.Type.EMAIL ? URL : TO,
                "is not for " + type.word() + ", which has " + place + ": remove it");
        if (type != ChannelSettings.Type.WEBHOOK && type != ChannelSettings.Type.NTFY) {
            refuse(item, SECRET, "is only for webhook and ntfy: remove it");
        }
        return new ChannelSettings(
                item.name(),
                type,
                type == ChannelSettings.Type.EMAIL ? addresses(item) : List.of(),
                type == ChannelSettings.Type.EMAIL ? null : destination(item, type),
                type == ChannelSettings.Type.NTFY ? item.valueOrNull(SECRET, Reading::token) : null,
                item.value(LEAST, Severity.WARNING, text -> Reading.word(text, Severity.values())),
                item.value(NUMBERS, false, text -> Reading.isSecond(text, "masked", "full")));
    }

    private static void refuse(NamedItem item, String key, String remedy) {
        if (!item.isAbsent(key)) {
            item.mistake(key, remedy);
        }
    }

    private static List<String> addresses(NamedItem item) {
        List<String> addresses = new ArrayList<>();
        for (String address : item.values(TO)) {
            try {
                addresses.add(MailSettings.address(address));
            } catch (IllegalArgumentException e) {
                item.mistake(TO, String.valueOf(e.getMessage()));
            }
        }
        return addresses;
    }

    private static @Nullable Destination destination(NamedItem item, ChannelSettings.Type type) {
        // Only a webhook's URL may come from others than the operator's chat: it is guarded as the relay is.
        boolean anywhere = item.value(PRIVATE, false, Reading::yesOrNo) || type != ChannelSettings.Type.WEBHOOK;
        HttpUrl url = item.valueOrNull(URL, text -> NamedItem.fit(() -> Destination.url(text, anywhere)));
        if (url != null
                && type == ChannelSettings.Type.NTFY
                && url.pathSegments().stream().allMatch(String::isEmpty)) {
            item.mistake(URL, "names no topic: write it like https://ntfy.sh/my-topic");
        }
        List<SigningSecret> secrets = type == ChannelSettings.Type.WEBHOOK ? item.signingSecrets(SECRET) : List.of();
        return url == null ? null : new Destination(url, secrets, TIMEOUT, anywhere);
    }

    /** A chat's URL is all that one needs to write there. */
    private static String shown(String key, String text) {
        return switch (key) {
            case SECRET -> EffectiveValue.HIDDEN;
            case URL -> Reading.hostOf(text);
            default -> text;
        };
    }
}
