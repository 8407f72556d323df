package dev.sendstatus.config;

import dev.sendstatus.alert.AlertSettings;
import dev.sendstatus.alert.RuleName;
import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.MailSettings;
import dev.sendstatus.channel.NoticeSettings;
import dev.sendstatus.channel.QuietHours;
import dev.sendstatus.outbound.Destination;
import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys {@code mail}, {@code report} and {@code alerts} over the channels that are configured. One thread, one use. */
final class NoticeKeys {
    private static final Set<String> RULES =
            Arrays.stream(RuleName.values()).map(RuleName::word).collect(Collectors.toUnmodifiableSet());

    private static final int USUAL_PORT_OF_STARTTLS = 587;

    private final KeyReader keys;
    private final NamedItems.Found<ChannelSettings> channels;
    private final Mistakes mistakes;
    private final List<String> warnings = new ArrayList<>();

    NoticeKeys(KeyReader keys, NamedItems.Found<ChannelSettings> channels, Mistakes mistakes) {
        this.keys = keys;
        this.channels = channels;
        this.mistakes = mistakes;
    }

    NoticeSettings notices(ZoneId zone, URI publicUrl) {
        return new NoticeSettings(
                channels.on(),
                mail(),
                keys.read(Key.ALERTS_QUIET, text -> quiet(text, zone)),
                zone,
                publicUrl.toString());
    }

    AlertSettings alerts() {
        Set<String> off = words(Key.ALERTS_OFF, new TreeSet<>(RULES), Set.of());
        Duration remind = keys.read(Key.ALERTS_REMIND, Reading::duration);
        URI heartbeat = keys.read(Key.HEARTBEAT_URL, NoticeKeys::heartbeat);
        if (heartbeat != null) {
            keys.show(Key.HEARTBEAT_URL, Reading.hostOf(heartbeat.toString()));
        }
        return new AlertSettings(off, remind, heartbeat);
    }

    /** The channels that are on and named by that key; all if it is not set. */
    List<String> named(Key key) {
        Set<String> named = words(key, channels.names(), channels.names());
        List<String> on = channels.on().stream().map(ChannelSettings::name).toList();
        if (!keys.origin(key).equals(Setting.DEFAULT)) {
            named.stream()
                    .filter(name -> !on.contains(name))
                    .sorted()
                    .forEach(name -> warnings.add(key.path() + " names " + name + ", which is off"));
        }
        return on.stream().filter(named::contains).toList();
    }

    List<String> warnings() {
        return warnings;
    }

    private Set<String> words(Key key, Set<String> known, Set<String> usual) {
        return keys.readAll(key, words -> {
            if (words.isEmpty()) {
                return usual;
            }
            if (words.equals(List.of("none"))) {
                return Set.of();
            }
            for (String word : words) {
                if (!known.contains(word)) {
                    throw new Unfit("names one that is not known: write of " + String.join(", ", new TreeSet<>(known))
                            + ", or none" + Nearest.question(word, known));
                }
            }
            return Set.copyOf(words);
        });
    }

    private @Nullable MailSettings mail() {
        String host = keys.read(Key.MAIL_HOST, NoticeKeys::host);
        int port = keys.read(Key.MAIL_PORT, text -> Reading.integer(text, 1, 65_535));
        String user = keys.read(Key.MAIL_USER, Reading::optional);
        String password = keys.read(Key.MAIL_PASSWORD, Reading::optional);
        MailSettings.Security security =
                keys.read(Key.MAIL_SECURITY, text -> Reading.word(text, MailSettings.Security.values()));
        String from = keys.read(
                Key.MAIL_FROM, text -> text.isEmpty() ? null : NamedItem.fit(() -> MailSettings.address(text)));
        if (user == null != (password == null)) {
            Key missing = user == null ? Key.MAIL_USER : Key.MAIL_PASSWORD;
            missing(missing, "is missing, since the other of mail.user and mail.password is set: set both or none");
        }
        boolean needed = channels.on().stream().anyMatch(one -> one.type() == ChannelSettings.Type.EMAIL);
        if (needed && host.isEmpty()) {
            missing(Key.MAIL_HOST, "is missing, and a channel of type email needs it: set it to your mail server");
        }
        if (needed && from == null) {
            missing(
                    Key.MAIL_FROM,
                    "is missing, and a channel of type email needs it: set it to the address that sends, like"
                            + " status@example.com");
        }
        warn(host, port, password, security);
        return host.isEmpty() || from == null ? null : new MailSettings(host, port, user, password, security, from);
    }

    private void missing(Key key, String remedy) {
        mistakes.add(keys.origin(key), key.path(), remedy + " (" + key.variable() + ")");
    }

    private void warn(String host, int port, @Nullable String password, MailSettings.Security security) {
        if (security == MailSettings.Security.TLS && port == USUAL_PORT_OF_STARTTLS) {
            warnings.add(
                    "mail.security is tls and mail.port 587, where servers expect starttls: tls is usual on port 465");
        }
        boolean here = PublicUrl.isThisHost(host);
        if (security == MailSettings.Security.NONE && password != null && !here) {
            warnings.add(
                    "mail.security is none, so mail.password goes over the network unencrypted: use starttls or tls");
        }
    }

    private static String host(String text) {
        if (!text.matches("[A-Za-z0-9.:_-]*") || text.matches(".*[^:]:[0-9]+")) {
            throw new Unfit("is no host name: write it like mail.example.com, and the port as mail.port");
        }
        return text;
    }

    private static @Nullable QuietHours quiet(String text, ZoneId zone) {
        if (text.isEmpty()) {
            return null;
        }
        String[] times = text.split("-", -1);
        if (times.length != 2) {
            throw new Unfit("is no span of a day: write it like 22:00-07:00");
        }
        LocalTime from = Reading.timeOfDay(times[0].strip());
        LocalTime to = Reading.timeOfDay(times[1].strip());
        if (from.equals(to)) {
            throw new Unfit("begins and ends at the same time: write it like 22:00-07:00, or remove it");
        }
        return new QuietHours(from, to, zone);
    }

    private static @Nullable URI heartbeat(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return NamedItem.fit(() -> Destination.url(text, true)).uri();
    }
}
