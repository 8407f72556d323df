package dev.sendstatus.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.app.Adapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values as people hand them over by mistake, with the three providers' own settings: named at the start, never printed. */
class ValuesThatDoNotFitTest {
    private static final Map<String, String> PLAIN = new TreeMap<>(Map.of(
            "SENDSTATUS_HTTP_PORT", "8081",
            "SENDSTATUS_PUBLIC_URL", "https://status.example.com",
            "SENDSTATUS_STUCK_THRESHOLD", "PT7H",
            "SENDSTATUS_STUCK_TIME_ZONE", "Europe/Berlin",
            "SENDSTATUS_UNCONFIRMED_STATUS", "ERROR",
            "SENDSTATUS_DATABASE_USER", "postgres-user",
            "TELNYX_PUBLIC_KEY", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            "TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001",
            "BANDWIDTH_ACCOUNT_ID", "9900000"));

    private static final Map<String, String> SECRET = new TreeMap<>(Map.ofEntries(
            Map.entry("SENDSTATUS_API_TOKEN", "hush-api-token-0001"),
            Map.entry("SENDSTATUS_DATABASE_PASSWORD", "hush-database-0002"),
            Map.entry("TELNYX_API_KEY", "KEY-hush-telnyx-0003"),
            Map.entry("TELNYX_V1_SECRET", "hush-v1-0004"),
            Map.entry("TELNYX_SIMULATION_KEY", "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="),
            Map.entry("TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef"),
            Map.entry("TWILIO_AUTH_TOKEN_SECONDARY", "fedcba9876543210fedcba9876543210"),
            Map.entry("TWILIO_API_KEY", "SK00000000000000000000000000000007"),
            Map.entry("TWILIO_API_KEY_SECRET", "hush-key-secret-0005"),
            Map.entry("BANDWIDTH_CALLBACK_USERNAME", "hush-user-0008"),
            Map.entry("BANDWIDTH_CALLBACK_PASSWORD", "hush-callback-0006"),
            Map.entry("BANDWIDTH_CLIENT_ID", "hush-id-0009"),
            Map.entry("BANDWIDTH_CLIENT_SECRET", "hush-client-0007")));

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();

    ValuesThatDoNotFitTest() {
        environment.putAll(PLAIN);
        environment.putAll(SECRET);
    }

    private record Outcome(List<Mistake> mistakes, String printed) {}

    private Outcome load() {
        try {
            Configuration configuration = new ConfigurationLoader(Adapters.all(), environment, home).load();
            return new Outcome(List.of(), configuration + ConfigurationPrinter.text(configuration));
        } catch (InvalidConfiguration e) {
            return new Outcome(e.mistakes(), e.getMessage() + ConfigurationPrinter.values(e.effective()));
        }
    }

    @Test
    void rightValuesAreTakenAndTheSecretOnesAreNotPrinted() {
        Outcome outcome = load();
        assertThat(outcome.mistakes()).isEmpty();
        assertThat(outcome.printed()).contains(PLAIN.get("TWILIO_ACCOUNT_SID")).doesNotContain(SECRET.values());
    }

    static Stream<Arguments> wrapped() {
        List<String> wrappings = List.of(
                "\"%s\"",
                "'%s'", "“%s”", "‘%s’", " %s", "%s ", "\t%s", "%s\n", "%s\r\n", "\u00a0%s", "%s\u200b", "\ufeff%s");
        return Stream.of(PLAIN, SECRET)
                .flatMap(values -> values.keySet().stream())
                .flatMap(variable -> wrappings.stream().map(wrapping -> Arguments.of(variable, wrapping)));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void aValueInQuotesOrBlanksIsAMistakeThatNamesItsVariable(String variable, String wrapping) {
        String right = String.valueOf(environment.get(variable));
        environment.put(variable, wrapping.formatted(right));
        Outcome outcome = load();
        assertThat(outcome.mistakes())
                .filteredOn(mistake -> mistake.where().endsWith(variable))
                .singleElement()
                .extracting(Mistake::remedy)
                .asString()
                .containsAnyOf("wrapped in quotes", "begins or ends with a blank")
                .contains("remove");
        assertThat(outcome.printed()).doesNotContain(right).doesNotContain(SECRET.values());
    }

    static Stream<Arguments> swapped() {
        List<String> variables = new ArrayList<>(PLAIN.keySet());
        variables.addAll(SECRET.keySet());
        return SECRET.keySet().stream()
                .flatMap(secret -> variables.stream()
                        .filter(other -> !other.equals(secret))
                        .map(other -> Arguments.of(secret, other)));
    }

    @ParameterizedTest
    @MethodSource("swapped")
    void valuesThatWereSwappedPrintNoSecret(String one, String other) {
        environment.put(one, String.valueOf(environment.get(other)));
        environment.put(other, SECRET.get(one));
        assertThat(load().printed()).doesNotContain(SECRET.values());
    }

    @Test
    void swappedValuesOfTwilioAreBothNamed() {
        environment.put("TWILIO_ACCOUNT_SID", SECRET.get("TWILIO_AUTH_TOKEN"));
        environment.put("TWILIO_AUTH_TOKEN", PLAIN.get("TWILIO_ACCOUNT_SID"));
        assertThat(load().mistakes())
                .extracting(Mistake::key)
                .containsExactlyInAnyOrder("accounts[twilio/twilio].account-sid", "accounts[twilio/twilio].auth-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hush-1234",
                "[hush-1234]",
                "{hush: 1}",
                "hush-1234 x",
                "http://u:hush@h",
                "jdbc:postgresql://u:hush@h/d"
            })
    void noKeyQuotesWhatDoesNotFit(String value) throws Exception {
        environment.clear();
        for (Key key : Key.values()) {
            boolean anyTextFits = key == Key.HTTP_HOST || key == Key.MAIL_HOST || key.secret();
            if (!anyTextFits) {
                environment.put(key.variable(), value);
            }
        }
        file(
                "accounts:\n- {name: a/hush, provider: hush}\n- {name: b, provider: twilio, verify: hush, stuck-threshold: hush,"
                        + " api-base-url: 'http://u:hush@h', account-sid: hush, auth-token: t}\n");
        Outcome outcome = load();
        assertThat(outcome.mistakes()).hasSizeGreaterThan(20);
        assertThat(outcome.printed()).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource({
        "SENDSTATUS_RETENTION_RAW,        30,   P30D",
        "SENDSTATUS_RETENTION_RAW,        30d,  P30D",
        "SENDSTATUS_RETENTION_MESSAGES,   400,  P400D",
        "SENDSTATUS_RETENTION_RAW,        30m,  ''",
        "SENDSTATUS_RETENTION_RAW,        30s,  ''",
        "SENDSTATUS_RETENTION_RAW,        12h,  ''",
        "SENDSTATUS_RETENTION_RAW,        P1M,  ''",
        "SENDSTATUS_RETENTION_MESSAGES,   P1Y,  ''",
        "SENDSTATUS_STUCK_THRESHOLD,      6h,   PT6H",
        "SENDSTATUS_STUCK_SWEEP_INTERVAL, 5M,   PT5M",
        "SENDSTATUS_STUCK_GIVE_UP,        7d,   P7D",
        "SENDSTATUS_STUCK_GIVE_UP,        7,    ''",
        "SENDSTATUS_RECONCILE_INTERVAL,   60,   ''",
        "SENDSTATUS_RECONCILE_INTERVAL,   123456h, ''",
    })
    void aDurationIsSuggestedOnlyWhereItCannotLoseData(String variable, String value, String suggested) {
        environment.put(variable, value);
        assertThat(load().mistakes()).singleElement().satisfies(mistake -> {
            assertThat(mistake.where()).isEqualTo(variable);
            assertThat(mistake.remedy()).contains("is no duration");
            if (suggested.isEmpty()) {
                assertThat(mistake.remedy()).doesNotContain("did you mean");
            } else {
                assertThat(mistake.remedy()).contains("did you mean \"" + suggested + "\"?");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "SENDSTATUS_RETENTION_RAW, PT30S",
        "SENDSTATUS_RETENTION_RAW, PT23H59M",
        "SENDSTATUS_RETENTION_MESSAGES, PT1H"
    })
    void aRetentionBelowADayIsSaidTwice(String variable, String value) throws InvalidConfiguration {
        environment.put(variable, value);
        assertThat(load().mistakes())
                .singleElement()
                .asString()
                .contains(variable, "shorter than a day", "retention.short: true", "SENDSTATUS_RETENTION_SHORT");
        environment.put("SENDSTATUS_RETENTION_SHORT", "true");
        Configuration configuration = new ConfigurationLoader(Adapters.all(), environment, home).load();
        assertThat(List.of(configuration.retentionRaw(), configuration.retentionMessages()))
                .contains(Duration.parse(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http: {port: '${NOPE}'}                          | http.port
            http: {port: '80${NOPE}'}                        | http.port
            database: {password: '${NOPE}'}                  | database.password
            database: {url: 'jdbc:postgresql://${NOPE}/s'}   | database.url
            unconfirmed-status: ${NOPE}                      | unconfirmed-status
            http: {port: '${ABSENT:${NOPE}}'}                | http.port
            accounts: [{name: a, provider: twilio, account-sid: AC00000000000000000000000000000001, auth-token: '${NOPE}'}] | accounts[twilio/a].auth-token
            accounts: [{name: a, provider: telnyx, v1-secret: s, api-key: '${NOPE}'}] | accounts[telnyx/a].api-key
            accounts: [{name: a, provider: telnyx, v1-secret: s, api-base-url: '${NOPE}'}] | accounts[telnyx/a].api-base-url
            """)
    void anUnsetVariableIsAMistakeWhereverItIsNeeded(String yaml, String key) throws IOException {
        environment.clear();
        file(yaml + "\n");
        assertThat(load().mistakes()).singleElement().satisfies(mistake -> {
            assertThat(mistake.key()).isEqualTo(key);
            assertThat(mistake.where()).contains("config/sendstatus.yaml:1 from", "NOPE");
        });
        environment.put("NOPE", "");
        assertThat(load().mistakes()).as("empty is unset").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http: {port: '${ABSENT:}'}",
                "http: {port: '${SET:${NOPE}}'}",
                "accounts: [{name: a, provider: telnyx, v1-secret: s, api-key: '${ABSENT:}'}]",
                "accounts: [{name: a, provider: telnyx, v1-secret: s, api-key: '${TELNYX_API_KEY}'}]",
                "accounts: [{name: a, provider: telnyx, v1-secret: s, api-base-url: '${TELNYX_API_BASE_URL}'}]",
                "accounts: [{name: a, provider: telnyx, public-key: '${NOPE}', v1-secret: '${NOPE}'}]",
            })
    void aVariableMayBeAbsentWhereThatIsSaidOrTheDefaultFileNamesItOrTheAccountIsOff(String yaml) throws IOException {
        environment.clear();
        environment.put("SET", "8082");
        file(yaml + "\n");
        assertThat(load().mistakes()).isEmpty();
    }

    private void file(String yaml) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/sendstatus.yaml"), yaml);
    }
}
