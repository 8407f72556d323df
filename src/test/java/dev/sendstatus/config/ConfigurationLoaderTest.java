package dev.sendstatus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.state.Change;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationLoaderTest {
    private static final Provider TWILIO = new Provider("twilio");

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void withoutFileAndVariablesEverythingHasItsDefault() throws Exception {
        Configuration configuration = load();
        assertThat(configuration.http().host()).isEqualTo("127.0.0.1");
        assertThat(configuration.http().port()).isEqualTo(8080);
        assertThat(configuration.http().publicUrl()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(configuration.http().maxBodyBytes()).isEqualTo(1 << 20);
        assertThat(configuration.database().url()).isEqualTo("jdbc:sqlite:" + home.resolve("data/sendstatus.db"));
        assertThat(configuration.database().user()).isNull();
        assertThat(configuration.apiToken()).isNull();
        assertThat(configuration.ingest().queueCapacity()).isEqualTo(8192);
        assertThat(configuration.ingest().answerWithin()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(configuration.stuck().limits().threshold()).isEqualTo(Duration.ofHours(6));
        assertThat(configuration.stuck().sweepInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(configuration.stuck().limits().giveUp()).isEqualTo(Duration.ofDays(7));
        assertThat(configuration.report().reportTime()).isEqualTo(LocalTime.of(6, 0));
        assertThat(configuration.report().timeZone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(configuration.unconfirmedStatus()).isEqualTo(SendStatus.SENT);
        assertThat(configuration.reconcileInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.retentionRaw()).isEqualTo(Duration.ofDays(30));
        assertThat(configuration.retentionMessages()).isEqualTo(Duration.ofDays(400));
        assertThat(configuration.dataDirectory()).isEqualTo(home.resolve("data"));
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void accountsWhoseVariablesAreAbsentAreOffAndSayWhichOnes() throws Exception {
        Configuration configuration = load();
        assertThat(configuration.accounts()).isEmpty();
        assertThat(configuration.off())
                .extracting(off -> off.name() + " " + off.remedy())
                .containsExactly(
                        "telnyx/telnyx to switch it on, set TELNYX_PUBLIC_KEY",
                        "twilio/twilio to switch it on, set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN",
                        "bandwidth/bandwidth to switch it on, set BANDWIDTH_ACCOUNT_ID, BANDWIDTH_CALLBACK_USERNAME,"
                                + " BANDWIDTH_CALLBACK_PASSWORD");
    }

    @Test
    void variablesOfTheDefaultAccountsSwitchThemOn() throws Exception {
        environment.putAll(Map.of(
                "TWILIO_ACCOUNT_SID", "AC1",
                "TWILIO_AUTH_TOKEN", "hush-token",
                "TWILIO_AUTH_TOKEN_SECONDARY", "",
                "TWILIO_API_BASE_URL", "http://localhost:9/"));
        Configuration configuration = load();
        AccountConfiguration account = configuration.accounts().get(0);
        assertThat(configuration.accounts()).hasSize(1);
        assertThat(account.name()).isEqualTo(new AccountName(TWILIO, "twilio"));
        assertThat(account.verify()).isTrue();
        assertThat(account.apiBaseUrl()).isEqualTo(URI.create("http://localhost:9"));
        assertThat(account.values())
                .containsOnly(Map.entry("account-sid", "AC1"), Map.entry("auth-token", "hush-token"));
    }

    @Test
    void keysOfTheProvidersApiAloneLeaveAnAccountOff() throws Exception {
        environment.putAll(Map.of("TELNYX_API_KEY", "k", "BANDWIDTH_CLIENT_ID", "i", "BANDWIDTH_CLIENT_SECRET", "s"));
        environment.putAll(Map.of("TWILIO_API_KEY", "SK1", "TWILIO_API_KEY_SECRET", "s"));
        assertThat(load().off()).hasSize(3);
        assertThat(new ConfigurationLoader(Adapters.all(), environment, home)
                        .load()
                        .off())
                .hasSize(3);
    }

    @Test
    void halfAnAccountIsAMistakeThatNamesTheVariable() {
        environment.put("TWILIO_ACCOUNT_SID", "AC1");
        assertThat(mistakes())
                .singleElement()
                .asString()
                .contains("TWILIO_AUTH_TOKEN", "accounts[twilio/twilio].auth-token", "is missing");
    }

    @Test
    void everyKeyCanBeSetByItsVariable() throws Exception {
        Files.writeString(home.resolve("codes.csv"), "provider,code,title\ntwilio,1,One\n");
        environment.putAll(Map.ofEntries(
                Map.entry("SENDSTATUS_HTTP_HOST", "0.0.0.0"),
                Map.entry("SENDSTATUS_HTTP_PORT", "0"),
                Map.entry("SENDSTATUS_PUBLIC_URL", "https://s.example.com/base/"),
                Map.entry("SENDSTATUS_HTTP_MAX_BODY_BYTES", "2048"),
                Map.entry("SENDSTATUS_DATABASE_URL", "jdbc:postgresql://db/s"),
                Map.entry("SENDSTATUS_DATABASE_USER", "u"),
                Map.entry("SENDSTATUS_DATABASE_PASSWORD", "p"),
                Map.entry("SENDSTATUS_API_TOKEN", "0123456789abcdef"),
                Map.entry("SENDSTATUS_ERRORS_FILE", "codes.csv"),
                Map.entry("SENDSTATUS_INGEST_QUEUE_CAPACITY", "7"),
                Map.entry("SENDSTATUS_INGEST_ANSWER_WITHIN", "PT1S"),
                Map.entry("SENDSTATUS_STUCK_THRESHOLD", "PT1H"),
                Map.entry("SENDSTATUS_STUCK_SWEEP_INTERVAL", "PT1M"),
                Map.entry("SENDSTATUS_STUCK_GIVE_UP", "P2D"),
                Map.entry("SENDSTATUS_STUCK_REPORT_TIME", "18:30"),
                Map.entry("SENDSTATUS_STUCK_TIME_ZONE", "Europe/Berlin"),
                Map.entry("SENDSTATUS_UNCONFIRMED_STATUS", "ERROR"),
                Map.entry("SENDSTATUS_RECONCILE_INTERVAL", "PT2H"),
                Map.entry("SENDSTATUS_RETENTION_RAW", "PT1H"),
                Map.entry("SENDSTATUS_RETENTION_SHORT", "true"),
                Map.entry("SENDSTATUS_RETENTION_MESSAGES", "P9D"),
                Map.entry("SENDSTATUS_MAIL_TO", "ops@example.com"),
                Map.entry("SENDSTATUS_CHAT_URL", "https://hooks.example.com/hush"),
                Map.entry("SENDSTATUS_MAIL_HOST", "mail.example.com"),
                Map.entry("SENDSTATUS_MAIL_PORT", "465"),
                Map.entry("SENDSTATUS_MAIL_USER", "u"),
                Map.entry("SENDSTATUS_MAIL_PASSWORD", "p"),
                Map.entry("SENDSTATUS_MAIL_SECURITY", "tls"),
                Map.entry("SENDSTATUS_MAIL_FROM", "Status <status@example.com>"),
                Map.entry("SENDSTATUS_REPORT_CHANNELS", "email"),
                Map.entry("SENDSTATUS_REPORT_WHEN", "stuck"),
                Map.entry("SENDSTATUS_ALERTS_CHANNELS", "chat, email"),
                Map.entry("SENDSTATUS_ALERTS_OFF", "silence,opt_out"),
                Map.entry("SENDSTATUS_ALERTS_REMIND", "PT4H"),
                Map.entry("SENDSTATUS_ALERTS_QUIET", "22:00-07:00"),
                Map.entry("SENDSTATUS_ALERTS_HEARTBEAT_URL", "https://hc.example.com/ping/hush")));
        Configuration configuration = load();
        assertThat(configuration.http().publicUrl()).isEqualTo(URI.create("https://s.example.com/base"));
        assertThat(configuration.dataDirectory()).isEqualTo(home.resolve("data"));
        assertThat(configuration.apiToken()).isEqualTo("0123456789abcdef");
        assertThat(configuration.report().timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(configuration.catalogue().find(TWILIO, "1")).isPresent();
        assertThat(configuration.retentionRaw()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.effective()).extracting(EffectiveValue::origin).doesNotContain("default");
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void aVariableWinsOverTheFile() throws Exception {
        file("http:\n  port: 1234\nstuck.report-time: 07:30\n");
        environment.put("SENDSTATUS_HTTP_PORT", "4321");
        Configuration configuration = load();
        assertThat(configuration.http().port()).isEqualTo(4321);
        assertThat(configuration.http().publicUrl()).isEqualTo(URI.create("http://localhost:4321"));
        assertThat(configuration.report().reportTime()).isEqualTo(LocalTime.of(7, 30));
    }

    @Test
    void aFileThatSaysNothingAboutAccountsHasTheDefaultOnes() throws Exception {
        file("http:\n  port: 1234\n");
        assertThat(load().off()).hasSize(3);
        file("accounts: []\n");
        assertThat(load().off()).isEmpty();
    }

    @Test
    void theAccountsOfAnAbsentFileAreThoseOfTheDefaultFile() throws Exception {
        environment.putAll(Map.of(
                "TELNYX_PUBLIC_KEY", "1",
                "TELNYX_PUBLIC_KEY_SECONDARY", "2",
                "TELNYX_API_KEY", "3",
                "TELNYX_V1_SECRET", "4",
                "TELNYX_V1_SECRET_SECONDARY", "5"));
        environment.putAll(Map.of(
                "TWILIO_ACCOUNT_SID", "1",
                "TWILIO_AUTH_TOKEN", "2",
                "TWILIO_AUTH_TOKEN_SECONDARY", "3",
                "TWILIO_API_KEY", "4",
                "TWILIO_API_KEY_SECRET", "5"));
        environment.putAll(Map.of(
                "BANDWIDTH_ACCOUNT_ID", "1",
                "BANDWIDTH_CALLBACK_USERNAME", "2",
                "BANDWIDTH_CALLBACK_PASSWORD", "3",
                "BANDWIDTH_CALLBACK_USERNAME_SECONDARY", "4",
                "BANDWIDTH_CALLBACK_PASSWORD_SECONDARY", "5",
                "BANDWIDTH_CLIENT_ID", "6",
                "BANDWIDTH_CLIENT_SECRET", "7",
                "BANDWIDTH_API_BASE_URL", "http://localhost:1",
                "TELNYX_API_BASE_URL", "http://localhost:2",
                "TWILIO_API_BASE_URL", "http://localhost:3"));
        List<AccountConfiguration> ofNoFile = load().accounts();
        Files.createDirectories(home.resolve("config"));
        Files.copy(Path.of("config/sendstatus.yaml"), home.resolve("config/sendstatus.yaml"));
        assertThat(load().accounts())
                .isEqualTo(ofNoFile)
                .extracting(account -> account.values().size())
                .containsExactly(5, 5, 7);
    }

    @Test
    void theEndpointOfTheDefaultFileIsOffWithoutItsUrl() throws Exception {
        assertThat(load().endpoints()).isEmpty();
        assertThat(load().endpointsOff())
                .containsExactly("default; to switch it on, set SENDSTATUS_RELAY_URL and SENDSTATUS_RELAY_SECRET");
        environment.put("SENDSTATUS_RELAY_URL", "https://example.com/hook?token=hidden");
        environment.put("SENDSTATUS_RELAY_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        environment.put("SENDSTATUS_RELAY_SECRET_SECONDARY", "whsec_c2hvcnQ=");
        Configuration ofNoFile = load();
        Files.createDirectories(home.resolve("config"));
        Files.copy(Path.of("config/sendstatus.yaml"), home.resolve("config/sendstatus.yaml"));
        for (Configuration configuration : List.of(ofNoFile, load())) {
            EndpointSettings endpoint = configuration.endpoints().get(0);
            assertThat(endpoint.name()).isEqualTo("default");
            assertThat(endpoint.types())
                    .containsExactlyInAnyOrder(Change.Type.DELIVERED, Change.Type.FAILED, Change.Type.UNCONFIRMED);
            assertThat(endpoint.concurrency()).isEqualTo(8);
            assertThat(endpoint.fromOldest()).isFalse();
            assertThat(endpoint.destination().secrets()).hasSize(2);
            assertThat(endpoint.destination().timeout()).isEqualTo(Duration.ofSeconds(15));
            assertThat(endpoint.destination().privateNetwork()).isFalse();
            assertThat(configuration.warnings()).singleElement().asString().contains("secret-secondary", "short");
            assertThat(ConfigurationPrinter.text(configuration))
                    .contains("Relay endpoints on: default", "https://example.com/hook?…")
                    .doesNotContain("hidden", "MfKQ9r8", "c2hvcnQ");
            assertThat(configuration.toString()).doesNotContain("hidden", "MfKQ9r8", "c2hvcnQ");
        }
    }

    @Test
    void anEndpointSaysWhatItWants() throws Exception {
        file("""
                accounts:
                  - name: main
                    provider: twilio
                    account-sid: AC1
                    auth-token: secret
                relay:
                  endpoints:
                    - name: crm
                      url: http://10.0.0.1:8000/
                      secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
                      private-network: true
                      events: [sent, message.failed]
                      accounts: main
                      campaigns: ["Spring, early", other]
                      tags: a, b
                      concurrency: 2
                      timeout: PT5S
                      start: oldest
                """);
        EndpointSettings endpoint = load().endpoints().get(0);
        assertThat(endpoint.types()).containsExactlyInAnyOrder(Change.Type.SENT, Change.Type.FAILED);
        assertThat(endpoint.accounts()).containsExactly("main");
        assertThat(endpoint.campaigns()).containsExactlyInAnyOrder("Spring, early", "other");
        assertThat(endpoint.tags()).containsExactlyInAnyOrder("a", "b");
        assertThat(endpoint.concurrency()).isEqualTo(2);
        assertThat(endpoint.fromOldest()).isTrue();
        assertThat(endpoint.destination().timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "'url: http://example.com/', url, private-network: true",
        "'url: https://169.254.169.254/', url, metadata",
        "'url: https://a:b@example.com/', url, user name",
        "'secret: hunter2!', secret, whsec_",
        "'secret: [a, b]', secret, not a list",
        "'events: [delivred]', events, 'did you mean \"delivered\"'",
        "'accounts: nobody', accounts, not configured",
        "'concurrency: 0', concurrency, 1 to 64",
        "'timeout: PT2M', timeout, PT1M",
        "'start: yesterday', start, oldest",
        "'private-network: perhaps', private-network, true nor false",
        "'urls: x', urls, 'did you mean \"url\"'"
    })
    void anEndpointThatCannotBeMeantStopsTheStart(String line, String key, String remedy) throws Exception {
        Map<String, String> lines = new LinkedHashMap<>(
                Map.of("url", "url: https://example.com/", "secret", "secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        lines.put(key, line);
        file("relay:\n  endpoints:\n    - name: crm\n      " + String.join("\n      ", lines.values()) + "\n");
        InvalidConfiguration invalid = catchThrowableOfType(InvalidConfiguration.class, this::load);
        assertThat(invalid.getMessage())
                .contains("relay.endpoints[crm]." + key, remedy)
                .doesNotContain("hunter2");
    }

    @Test
    void accountsHaveTheirOwnThresholdAndCanSwitchTheCheckOff() throws Exception {
        environment.put("SENDSTATUS_PUBLIC_URL", "https://status.example.com");
        file("""
                accounts:
                  - name: main
                    provider: twilio
                    account-sid: AC1
                    auth-token: ${TOKEN:not ${WHO:a} secret}
                    verify: false
                    stuck-threshold: PT12H
                """);
        Configuration configuration = load();
        AccountName name = new AccountName(TWILIO, "main");
        assertThat(configuration.stuck().limits().thresholdOf(name)).isEqualTo(Duration.ofHours(12));
        assertThat(configuration.accounts().get(0).verify()).isFalse();
        assertThat(configuration.accounts().get(0).values()).containsEntry("auth-token", "not a secret");
        assertThat(configuration.warnings()).singleElement().asString().contains("twilio/main", "verify");
    }

    @Test
    void everyMistakeIsListedAtOnceWithFileKeyAndRemedy() throws IOException {
        file("""
                http:
                  prt: 80
                  port: eighty
                  public-url: ftp://x
                stuck:
                  threshold: 6h
                  time-zone: Europe/Berln
                  report-time: 6:00
                retention: P30D
                unconfirmed-status: MAYBE
                accounts:
                  - name: a/b
                    provider: twilio
                  - name: c
                    provider: twilo
                  - name: d
                    provider: twilio
                    auth-tokn: x
                    account-sid: AC1
                    auth-token: y
                  - name: d
                    provider: twilio
                """);
        environment.put("SENDSTATUS_STUCK_GIVE_UP", "PT1H");
        environment.put("SENDSTATUS_INGEST_ANSWER_WITHIN", "PT2S");
        environment.put("SENDSTATUS_DATABASE_URL", "jdbc:mysql://x");
        environment.put("SENDSTATUS_RETENTION_RAW", "P1M");
        assertThat(mistakes())
                .extracting(Mistake::where, Mistake::key)
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "(\"config/sendstatus.yaml:2\", \"http.prt\")",
                        "(\"config/sendstatus.yaml:3\", \"http.port\")",
                        "(\"config/sendstatus.yaml:4\", \"http.public-url\")",
                        "(\"config/sendstatus.yaml:6\", \"stuck.threshold\")",
                        "(\"config/sendstatus.yaml:7\", \"stuck.time-zone\")",
                        "(\"config/sendstatus.yaml:8\", \"stuck.report-time\")",
                        "(\"config/sendstatus.yaml:9\", \"retention\")",
                        "(\"config/sendstatus.yaml:10\", \"unconfirmed-status\")",
                        "(\"config/sendstatus.yaml:12\", \"accounts[0].name\")",
                        "(\"config/sendstatus.yaml:15\", \"accounts[1].provider\")",
                        "(\"config/sendstatus.yaml:18\", \"accounts[twilio/d].auth-tokn\")",
                        "(\"config/sendstatus.yaml:21\", \"accounts[twilio/d].name\")",
                        "(\"SENDSTATUS_STUCK_GIVE_UP\", \"stuck.give-up\")",
                        "(\"SENDSTATUS_INGEST_ANSWER_WITHIN\", \"ingest.answer-within\")",
                        "(\"SENDSTATUS_DATABASE_URL\", \"database.url\")",
                        "(\"SENDSTATUS_RETENTION_RAW\", \"retention.raw\")");
        assertThat(mistakes().toString())
                .contains(
                        "did you mean \"http.port\"?",
                        "did you mean \"PT6H\"?",
                        "did you mean \"Europe/Berlin\"?",
                        "did you mean \"twilio\"?",
                        "did you mean \"auth-token\"?",
                        "write messages, raw, short below it");
    }

    @Test
    void brokenYamlIsNamedWithItsLineAndWithoutItsText() throws IOException {
        file("http:\n  port: 80\naccounts:\n  - auth-token: *hushhush\n");
        assertThat(mistakes()).singleElement().satisfies(mistake -> {
            assertThat(mistake.where()).isEqualTo("config/sendstatus.yaml:4");
            assertThat(mistake.remedy()).contains("not valid YAML").doesNotContain("hush");
        });
    }

    @Test
    void aKeyThatStandsTwiceIsAMistake() throws IOException {
        file("http:\n  port: 80\nhttp.port: 81\n");
        assertThat(mistakes()).singleElement().asString().contains(":3", "http.port", "twice");
    }

    @Test
    void anExpressionThatIsNotClosedIsAMistake() throws IOException {
        file("http:\n  host: ${HOST\n");
        assertThat(mistakes()).singleElement().asString().contains(":2", "http.host", "${VARIABLE}");
    }

    @Test
    void aNamedFileThatIsAbsentIsAMistake() {
        environment.put("SENDSTATUS_CONFIG", "elsewhere.yaml");
        assertThat(mistakes()).singleElement().asString().contains("SENDSTATUS_CONFIG", "elsewhere.yaml", "not exist");
    }

    @Test
    void aNamedFileIsReadInsteadOfTheDefaultOne() throws Exception {
        file("http:\n  port: 1\n");
        Files.writeString(home.resolve("other.yaml"), "http:\n  port: 2\n");
        environment.put("SENDSTATUS_CONFIG", "other.yaml");
        assertThat(load().http().port()).isEqualTo(2);
    }

    @Test
    void aFormerNameOfAVariableIsReadWithAWarningAndTheNameWinsOverIt() throws Exception {
        environment.put("SENDSTATUS_SWEEP_INTERVAL", "PT1M");
        Configuration former = load();
        assertThat(former.stuck().sweepInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(former.warnings())
                .singleElement()
                .asString()
                .contains("SENDSTATUS_SWEEP_INTERVAL", "SENDSTATUS_STUCK_SWEEP_INTERVAL", "rename");
        environment.put("SENDSTATUS_STUCK_SWEEP_INTERVAL", "PT2M");
        assertThat(load().stuck().sweepInterval()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, true",
        "https://LOCALHOST, true",
        "https://status.localhost, true",
        "http://127.0.0.1:8080, true",
        "http://[::1]:8080, true",
        "https://HOST, true",
        "https://host.example.com, false",
        "https://status.example.com, false",
        "https://localhost.example.com, false",
    })
    void aPublicUrlThatNoProviderReachesIsDoubtfulOnceAnAccountIsOn(String url, boolean doubtful) throws Exception {
        environment.put("SENDSTATUS_PUBLIC_URL", url);
        assertThat(load().warnings()).isEmpty();
        environment.putAll(Map.of("TWILIO_ACCOUNT_SID", "AC1", "TWILIO_AUTH_TOKEN", "hush-token"));
        assertThat(load().warnings())
                .hasSize(doubtful ? 1 : 0)
                .allSatisfy(warning -> assertThat(warning)
                        .contains("which no provider can reach")
                        .contains("SENDSTATUS_PUBLIC_URL"));
    }

    @Test
    void anAccountThatIsStuckOnlyAfterItIsGivenUpIsAMistake() throws IOException {
        file("accounts:\n- {name: a, provider: twilio, stuck-threshold: P8D, account-sid: A, auth-token: t}\n");
        assertThat(mistakes())
                .singleElement()
                .asString()
                .contains("accounts[twilio/a].stuck-threshold", "stuck.give-up");
    }

    @ParameterizedTest
    @CsvSource({
        "SENDSTATUS_HTTP_PROT, SENDSTATUS_HTTP_PORT",
        "SENDSTATUS_PORT, SENDSTATUS_HTTP_PORT",
        "SENDSTATUS_RETENTION_RAW_CALLBACKS, SENDSTATUS_RETENTION_RAW",
        "SENDSTATUS_RETENTION, SENDSTATUS_RETENTION_RAW",
        "SENDSTATUS_PUBLICURL, SENDSTATUS_PUBLIC_URL",
        "SENDSTATUS_DB_URL, SENDSTATUS_DATABASE_URL",
        "SENDSTATUS_LOGLEVEL, SENDSTATUS_LOG_LEVEL",
    })
    void aVariableThatNothingReadsIsNamedWithTheNearestOne(String variable, String nearest) throws Exception {
        environment.put(variable, "hush");
        assertThat(load().warnings())
                .singleElement()
                .asString()
                .contains(variable + " is set", "\"" + nearest + "\"")
                .doesNotContain("hush");
    }

    @Test
    void variablesThatKubernetesSetsForItsServicesAreNoMistypedOnes() throws Exception {
        environment.put("SENDSTATUS_SERVICE_HOST", "10.0.0.1");
        environment.put("SENDSTATUS_SERVICE_PORT", "80");
        environment.put("SENDSTATUS_SERVICE_PORT_HTTP", "80");
        environment.put("SENDSTATUS_PORT", "tcp://10.0.0.1:80");
        environment.put("SENDSTATUS_PORT_80_TCP", "tcp://10.0.0.1:80");
        environment.put("SENDSTATUS_PORT_80_TCP_ADDR", "10.0.0.1");
        environment.put("SENDSTATUS_WEB_SERVICE_HOST", "10.0.0.1");
        assertThat(load().warnings()).isEmpty();
    }

    @Test
    void noSecretIsInAnyTextForm() throws Exception {
        environment.putAll(Map.of(
                "SENDSTATUS_API_TOKEN", "hush-0123456789abcdef",
                "SENDSTATUS_DATABASE_URL", "jdbc:postgresql://db/s?user=u&password=hush",
                "SENDSTATUS_DATABASE_PASSWORD", "hush",
                "TWILIO_ACCOUNT_SID", "AC1",
                "TWILIO_AUTH_TOKEN", "hush"));
        Configuration configuration = load();
        assertThat(configuration.toString() + configuration.accounts() + ConfigurationPrinter.text(configuration))
                .contains("****", "AC1")
                .doesNotContain("hush");
    }

    @Test
    void whatIsPrintedSaysWhereEachValueCameFromAndHowToSwitchAccountsOn() throws Exception {
        file("http:\n  port: 1234\n");
        environment.put("SENDSTATUS_HTTP_HOST", "0.0.0.0");
        String text = ConfigurationPrinter.text(load());
        assertThat(text.lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "http.host 0.0.0.0 SENDSTATUS_HTTP_HOST",
                        "http.port 1234 config/sendstatus.yaml:2",
                        "http.public-url http://localhost:1234 default",
                        "api.token (not set) default",
                        "Accounts on: none",
                        "Account off: telnyx/telnyx; to switch it on, set TELNYX_PUBLIC_KEY");
    }

    private Configuration load() throws InvalidConfiguration {
        return new ConfigurationLoader(FakeAdapter.three(), environment, home).load();
    }

    private List<Mistake> mistakes() {
        return catchThrowableOfType(InvalidConfiguration.class, this::load).mistakes();
    }

    private void file(String yaml) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/sendstatus.yaml"), yaml);
    }
}
