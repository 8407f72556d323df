package dev.sendstatus.config;

import dev.sendstatus.alert.AlertSettings;
import dev.sendstatus.api.HttpSettings;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.NoticeSettings;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.sweep.StuckSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file and the environment once. The file is {@code config/sendstatus.yaml} or the one that
 * {@code SENDSTATUS_CONFIG} names; variables win over it. Where the file says nothing about {@code accounts}, there is
 * one of each provider; nothing about another list, that is the one of {@code lists.yaml} beside this class.
 */
public final class ConfigurationLoader {
    /** Names another file. */
    public static final String FILE_VARIABLE = "SENDSTATUS_CONFIG";

    private static final String DEFAULT_FILE = "config/sendstatus.yaml";
    private static final int MOST_BODY_BYTES = 64 << 20;
    private static final int LARGEST_QUEUE = 1 << 20;
    private static final Duration TELNYX_WAITS = Duration.ofSeconds(2);
    private static final int SHORT_TOKEN = 16;

    private final List<ProviderAdapter<?>> adapters;
    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final Path home;

    /**
     * @param workingDirectory where a relative {@code SENDSTATUS_CONFIG} begins
     * @param home the folder of {@code config/} and {@code data/}
     */
    public ConfigurationLoader(
            List<ProviderAdapter<?>> adapters, Map<String, String> environment, Path workingDirectory, Path home) {
        this.adapters = List.copyOf(adapters);
        this.environment = Map.copyOf(environment);
        this.workingDirectory = workingDirectory;
        this.home = home;
    }

    public ConfigurationLoader(
            List<ProviderAdapter<?>> adapters, Map<String, String> environment, Path workingDirectory) {
        this(adapters, environment, workingDirectory, workingDirectory);
    }

    /** @throws InvalidConfiguration with every mistake in it */
    public Configuration load() throws InvalidConfiguration {
        Mistakes mistakes = new Mistakes();
        ConfigurationFile defaults = defaults(mistakes);
        ConfigurationFile file = file(mistakes).over(defaults);
        KeyReader keys = new KeyReader(environment, file, mistakes);
        keys.refuseUnknownKeys();
        AccountReader accounts = new AccountReader(adapters, defaults.variables(), mistakes);
        accounts.read(file.list(ConfigurationFile.ACCOUNTS));
        NamedItems.Found<EndpointSettings> endpoints = new EndpointReader(
                        accounts.names, defaults.variables(), mistakes)
                .read(file.list(ConfigurationFile.ENDPOINTS));
        NamedItems.Found<ChannelSettings> channels =
                new ChannelReader(defaults.variables(), mistakes).read(file.list(ConfigurationFile.CHANNELS));
        NoticeKeys notices = new NoticeKeys(keys, channels, mistakes);

        HttpSettings http = http(keys);
        DatabaseUrl database = keys.read(Key.DATABASE_URL, text -> DatabaseUrl.read(text, home));
        keys.show(Key.DATABASE_URL, DatabaseUrl.shown(database.url()));
        DatabaseSettings databaseSettings = new DatabaseSettings(
                database.url(),
                keys.read(Key.DATABASE_USER, Reading::optional),
                keys.read(Key.DATABASE_PASSWORD, Reading::optional));
        IngestSettings ingest = new IngestSettings(
                keys.read(Key.QUEUE_CAPACITY, text -> Reading.integer(text, 1, LARGEST_QUEUE)),
                keys.read(Key.ANSWER_WITHIN, ConfigurationLoader::answerWithin));
        StuckSettings stuck = stuck(keys, accounts, mistakes);
        ReportSettings report = new ReportSettings(
                keys.read(Key.REPORT_TIME, Reading::timeOfDay),
                keys.read(Key.TIME_ZONE, Reading::zone),
                notices.named(Key.REPORT_CHANNELS),
                keys.read(Key.REPORT_WHEN, text -> Reading.isSecond(text.toLowerCase(Locale.ROOT), "always", "stuck")));
        NoticeSettings noticeSettings = notices.notices(report.timeZone(), http.publicUrl());
        AlertSettings alerts = notices.alerts();
        List<String> alertChannels = notices.named(Key.ALERTS_CHANNELS);
        SendStatus unconfirmed = keys.read(Key.UNCONFIRMED_STATUS, Reading::unconfirmedStatus);
        String token = keys.read(Key.API_TOKEN, text -> text.isEmpty() ? null : Reading.token(text));
        Catalogue catalogue = ErrorsFile.laidOver(catalogue(), home, keys, mistakes);
        Duration reconcile = keys.read(Key.RECONCILE_INTERVAL, Reading::duration);
        boolean shortAges = keys.read(Key.RETENTION_SHORT, Reading::yesOrNo);
        Duration raw = keys.read(Key.RETENTION_RAW, text -> retention(text, shortAges));
        Duration messages = keys.read(Key.RETENTION_MESSAGES, text -> retention(text, shortAges));

        List<EffectiveValue> effective = new ArrayList<>(keys.effective());
        effective.addAll(accounts.effective());
        effective.addAll(endpoints.effective());
        effective.addAll(channels.effective());
        if (!mistakes.found().isEmpty()) {
            throw new InvalidConfiguration(mistakes.found(), effective);
        }
        return new Configuration(
                http,
                databaseSettings,
                ingest,
                stuck,
                report,
                unconfirmed,
                token,
                catalogue,
                reconcile,
                raw,
                messages,
                dataDirectory(database),
                accounts.on,
                accounts.off,
                endpoints.on(),
                endpoints.off(),
                noticeSettings,
                channels.off(),
                alerts,
                alertChannels,
                effective,
                warnings(
                        keys,
                        accounts,
                        http.publicUrl(),
                        token,
                        List.of(endpoints.warnings(), channels.warnings(), notices.warnings())));
    }

    private Catalogue catalogue() {
        return Catalogue.of(adapters.stream().map(ProviderAdapter::provider).toList());
    }

    private HttpSettings http(KeyReader keys) {
        String host = keys.read(Key.HTTP_HOST, Function.identity());
        int port = keys.read(Key.HTTP_PORT, text -> Reading.integer(text, 0, 65_535));
        URI publicUrl = keys.read(Key.PUBLIC_URL, "http://localhost:" + port, Reading::webAddress);
        keys.show(Key.PUBLIC_URL, publicUrl.toString());
        int bodyBytes = keys.read(Key.MAX_BODY_BYTES, text -> Reading.integer(text, 1024, MOST_BODY_BYTES));
        return new HttpSettings(host, port, publicUrl, bodyBytes);
    }

    private static Duration answerWithin(String text) {
        Duration value = Reading.duration(text);
        if (value.compareTo(TELNYX_WAITS) >= 0) {
            throw new Unfit("is too long, since Telnyx waits 2 s for an answer: write a shorter duration, like PT1.5S");
        }
        return value;
    }

    /** A short age must be confirmed by a second key, since a slip of the unit deletes everything. */
    private static Duration retention(String text, boolean shortAges) {
        Duration value = Reading.age(text);
        if (value.compareTo(Duration.ofDays(1)) < 0 && !shortAges) {
            throw new Unfit("is shorter than a day (" + value
                    + "), and whatever is older is deleted: write it in days, like P30D,"
                    + " or, if it is meant, set " + Key.RETENTION_SHORT.path() + ": true ("
                    + Key.RETENTION_SHORT.variable() + ") as well");
        }
        return value;
    }

    private static StuckSettings stuck(KeyReader keys, AccountReader accounts, Mistakes mistakes) {
        Duration threshold = keys.read(Key.STUCK_THRESHOLD, Reading::duration);
        Duration sweepInterval = keys.read(Key.SWEEP_INTERVAL, Reading::duration);
        Duration giveUp = keys.read(Key.GIVE_UP, Reading::duration);
        if (giveUp.compareTo(threshold) <= 0) {
            mistakes.add(
                    keys.origin(Key.GIVE_UP),
                    Key.GIVE_UP.path(),
                    giveUp + " is not longer than stuck.threshold (" + threshold + ", "
                            + keys.origin(Key.STUCK_THRESHOLD)
                            + "), so nothing would ever be stuck: make it longer or the threshold shorter");
        }
        accounts.thresholds.forEach((account, own) -> {
            if (giveUp.compareTo(own) <= 0) {
                mistakes.add(
                        accounts.thresholdOrigin(account),
                        AccountReader.label(account) + "stuck-threshold",
                        own + " is not shorter than stuck.give-up (" + giveUp + ", " + keys.origin(Key.GIVE_UP)
                                + "), so nothing would ever be stuck: make it shorter or stuck.give-up longer");
            }
        });
        return new StuckSettings(new StuckLimits(threshold, accounts.thresholds, giveUp), sweepInterval);
    }

    private static List<String> warnings(
            KeyReader keys, AccountReader accounts, URI publicUrl, @Nullable String token, List<List<String>> others) {
        List<String> warnings = keys.doubtfulVariables();
        if (!accounts.on.isEmpty()) {
            PublicUrl.mistake(publicUrl).ifPresent(warnings::add);
        }
        if (token != null && token.length() < SHORT_TOKEN) {
            warnings.add("api.token has fewer than " + SHORT_TOKEN + " characters and can be guessed: make it longer");
        }
        for (AccountConfiguration account : accounts.on) {
            if (!account.verify()) {
                warnings.add("account " + account.name() + " has verify: false, so anybody can report on its messages");
            }
        }
        others.forEach(warnings::addAll);
        return warnings;
    }

    private Path dataDirectory(DatabaseUrl database) {
        Path file = database.file();
        Path folder = file == null ? null : file.getParent();
        return folder != null ? folder : home.resolve("data").toAbsolutePath().normalize();
    }

    private ConfigurationFile file(Mistakes mistakes) {
        String named = environment.getOrDefault(FILE_VARIABLE, "");
        Path path = named.isEmpty() ? home.resolve(DEFAULT_FILE) : workingDirectory.resolve(named);
        String name = named.isEmpty() ? DEFAULT_FILE : named;
        if (!Files.exists(path)) {
            if (!named.isEmpty()) {
                mistakes.add(
                        FILE_VARIABLE,
                        "",
                        "names the file " + path.toAbsolutePath().normalize()
                                + ", which does not exist: create it, mend the path, or unset the variable");
            }
            return ConfigurationFile.empty(name);
        }
        try {
            return YamlReader.read(name, Files.readString(path), environment, mistakes);
        } catch (CharacterCodingException e) {
            mistakes.add(name, "", "is not in UTF-8: save it in that encoding");
        } catch (IOException e) {
            mistakes.add(name, "", "cannot be read (" + e.getClass().getSimpleName() + "): let this user read it");
        }
        return ConfigurationFile.empty(name);
    }

    private ConfigurationFile defaults(Mistakes mistakes) {
        try (InputStream bundled = ConfigurationLoader.class.getResourceAsStream("lists.yaml")) {
            if (bundled == null) {
                throw new IllegalStateException("the program was built without its default lists: build it again");
            }
            String yaml = AccountReader.defaults(adapters) + new String(bundled.readAllBytes(), StandardCharsets.UTF_8);
            return YamlReader.read("the default " + DEFAULT_FILE, yaml, environment, mistakes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
