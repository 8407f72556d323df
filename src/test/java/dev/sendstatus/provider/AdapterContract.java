package dev.sendstatus.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.Authentication.Reason;
import dev.sendstatus.provider.Authentication.Refused;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every provider's adapter fulfils: the cases of its fixture folder, who gets in, bodies that are no provider's own, and a simulator that is its mirror. A subclass
 * says how the provider signs, by the plain JDK and without the adapter's code.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdapterContract<K> {
    protected static final Instant NOW = FixtureRequest.RECEIVED_AT;
    protected static final String URL = FixtureRequest.PUBLIC_URL + "/webhooks/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20261125;
    private static final int MUTATIONS = 4_000;
    private static final Duration A_CENTURY = Duration.ofDays(36_525);

    private static final List<String> SPICES = List.of(
            "null",
            "true",
            "-1",
            "1e999",
            "-0.0",
            "[]",
            "{}",
            "[[[[",
            "}}",
            "\"",
            "{\"a\":",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "9".repeat(120),
            "9".repeat(2_000),
            "\"message.sent\"",
            "\"delivered\"",
            "\"/to/99999999999999/\"",
            "\0",
            "\uFEFF",
            "%",
            "%00",
            "a%20b&MessageSid=&=");

    private final ProviderAdapter<K> adapter;
    private final @Nullable Duration tolerance;

    /** @param tolerance how far the signed time may be from now; null if no time is signed */
    protected AdapterContract(ProviderAdapter<K> adapter, @Nullable Duration tolerance) {
        this.adapter = adapter;
        this.tolerance = tolerance;
    }

    /** The settings of the first account, 1, or of the second, 2, whose credentials are others. */
    protected abstract Map<String, String> settings(int account);

    /** Those of the first account while it changes to the second's credentials: both are taken. */
    protected abstract Map<String, String> rotating();

    /** A right request in JSON that speaks of one message of that account, with the credentials of the signer. */
    protected abstract CallbackRequest request(int account, int signer, Instant signedAt);

    List<Path> cases() {
        return FixtureRequest.all(adapter.provider().word());
    }

    /** A new case is a new pair of files. */
    @ParameterizedTest
    @MethodSource("cases")
    void eachCaseIsReadAsExpected(Path file) throws IOException {
        CallbackRequest request = FixtureRequest.read(file);
        JsonNode wanted = JSON.readTree(
                Files.readAllBytes(Path.of(file.toString().replaceFirst("\\.request$", ".expected.json"))));
        JsonNode got = ParsedJson.of(adapter.parse(request), adapter.answeredByTwiml(request));
        assertThat(got.toPrettyString())
                .as("%s was sent:%n%s", file.getFileName(), Files.readString(file))
                .isEqualTo(wanted.toPrettyString());
    }

    @Test
    void rightCredentialsAreAccepted() {
        assertThat(authenticate(request(1, 1, NOW), one())).isEqualTo(accepted("one"));
    }

    @Test
    void missingCredentialsAreMissing() {
        assertThat(authenticate(bare(request(1, 1, NOW)), one())).isEqualTo(new Refused(Reason.MISSING));
    }

    @Test
    void anotherAccountsCredentialsAreWrong() {
        assertThat(authenticate(request(1, 2, NOW), one())).isEqualTo(new Refused(Reason.WRONG));
    }

    @Test
    void shortenedCredentialsAreWrong() {
        CallbackRequest right = request(1, 1, NOW);
        CallbackRequest shortened = with(right, right.body(), NOW, name -> {
            String value = right.headers().first(name);
            return value == null || name.equalsIgnoreCase("Content-Type")
                    ? value
                    : value.substring(0, value.length() - 4);
        });
        assertThat(authenticate(shortened, one())).isEqualTo(new Refused(Reason.WRONG));
    }

    @Test
    void aSignedTimeGrowsStaleInBothDirections() {
        Duration within = tolerance == null ? A_CENTURY : tolerance;
        for (Duration apart : List.of(within, within.negated())) {
            assertThat(authenticate(request(1, 1, NOW.plus(apart)), one())).isEqualTo(accepted("one"));
        }
        assumeTrue(tolerance != null, "no time is signed");
        for (Duration apart :
                List.of(within.plusSeconds(1), within.plusSeconds(1).negated())) {
            assertThat(authenticate(request(1, 1, NOW.plus(apart)), one())).isEqualTo(new Refused(Reason.STALE));
            assertThat(authenticate(request(1, 2, NOW.plus(apart)), one())).isEqualTo(new Refused(Reason.WRONG));
        }
    }

    @Test
    void whileCredentialsAreChangedBothAreTakenAndAfterwardsTheNewOnes() {
        Account<K> rotating = account("one", true, rotating());
        assertThat(authenticate(request(1, 1, NOW), rotating)).isEqualTo(accepted("one"));
        assertThat(authenticate(request(1, 2, NOW), rotating)).isEqualTo(accepted("one"));
        assertThat(authenticate(request(2, 1, NOW), two())).isEqualTo(new Refused(Reason.WRONG));
    }

    @Test
    void theCredentialsChooseTheAccount() {
        assertThat(authenticate(request(2, 2, NOW), one(), two())).isEqualTo(accepted("two"));
        assertThat(authenticate(request(2, 2, NOW), two(), one())).isEqualTo(accepted("two"));
    }

    @Test
    void anAccountThatDoesNotVerifyTakesItsOwnAndOpensNoOther() {
        Account<K> open = account("open", false, settings(1));
        assertThat(authenticate(bare(request(1, 1, NOW)), open)).isEqualTo(accepted("open"));
        assertThat(authenticate(request(2, 2, NOW), open, two())).isEqualTo(accepted("two"));
        assertThat(authenticate(bare(request(2, 2, NOW)), two())).isEqualTo(new Refused(Reason.MISSING));
    }

    @Test
    void everySettingIsExplainedAndNoSecretIsPrinted() throws InvalidAccount {
        assertThat(adapter.settings()).extracting(AccountSetting::key).doesNotHaveDuplicates();
        assertThat(adapter.settings()).extracting(AccountSetting::purpose).noneMatch(String::isBlank);
        Map<String, String> settings = rotating();
        String printed = adapter.keys(settings).toString();
        adapter.settings().stream()
                .filter(setting -> setting.secret() && settings.containsKey(setting.key()))
                .forEach(setting -> assertThat(printed).doesNotContain(settings.get(setting.key())));
    }

    @Test
    void everyMistakeIsToldAtItsKeyWithoutTheValue() {
        InvalidAccount nothing = catchThrowableOfType(InvalidAccount.class, () -> adapter.keys(Map.of()));
        assertThat(adapter.settings())
                .extracting(AccountSetting::key)
                .containsAll(nothing.mistakes().stream()
                        .map(InvalidAccount.Mistake::key)
                        .toList());
        for (AccountSetting setting : adapter.settings()) {
            Map<String, String> settings = new HashMap<>(settings(1));
            settings.put(setting.key(), "meet me\nat nine");
            InvalidAccount invalid = catchThrowableOfType(InvalidAccount.class, () -> adapter.keys(settings));
            assertThat(invalid).as(setting.key()).isNotNull();
            assertThat(invalid.mistakes())
                    .extracting(InvalidAccount.Mistake::key)
                    .as(setting.key())
                    .contains(setting.key());
            assertThat(invalid.toString()).doesNotContain("meet me");
        }
    }

    @Test
    void aPersonIsToldWhereTheUrlIsEntered() {
        assertThat(adapter.setup().steps()).isNotEmpty().noneMatch(String::isBlank);
    }

    static Stream<SharedBody> bodies() {
        return SharedBody.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyThatIsNoProvidersOwnIsReadOrNotUnderstood(SharedBody body) {
        CallbackRequest right = request(1, 1, NOW);
        CallbackRequest request = with(right, body.of(right.body()), NOW, right.headers());
        Parsed parsed = adapter.parse(request);
        assertThat(adapter.parse(right)).isInstanceOf(Parsed.Events.class);
        if (body.readable()) {
            assertThat(parsed).isEqualTo(adapter.parse(right));
        } else {
            assertThat(parsed).isInstanceOf(Parsed.NotUnderstood.class);
            assertThat(((Parsed.NotUnderstood) parsed).why())
                    .hasSizeLessThan(1_000)
                    .doesNotContain("meet", "nine", "\n", "\0");
        }
    }

    @Test
    void noPlaceToCutABodyGivesAnEvent() {
        CallbackRequest right = request(1, 1, NOW);
        for (int length = 0; length < right.body().length; length++) {
            byte[] cut = Arrays.copyOf(right.body(), length);
            assertThat(adapter.parse(with(right, cut, NOW, right.headers())))
                    .as("the first %d bytes", length)
                    .isInstanceOf(Parsed.NotUnderstood.class);
        }
    }

    @Test
    void noMutationOfAnyCaseThrows() {
        Random random = new Random(SEED);
        List<CallbackRequest> cases = cases().stream()
                .map(FixtureRequest::read)
                .filter(request -> request.body().length < 20_000)
                .toList();
        List<Account<K>> accounts = List.of(one(), two());
        for (int round = 0; round < MUTATIONS; round++) {
            CallbackRequest some = cases.get(random.nextInt(cases.size()));
            byte[] body = some.body();
            for (int faults = random.nextInt(4); faults >= 0; faults--) {
                body = mutated(body, cases, random);
            }
            CallbackRequest request = with(some, body, NOW, some.headers());
            try {
                Parsed parsed = adapter.parse(request);
                assertThat(adapter.parse(request)).isEqualTo(parsed);
                if (parsed instanceof Parsed.Events events) {
                    events.events().forEach(AdapterContract::assertStorable);
                }
                adapter.authenticate(request, accounts);
                adapter.answeredByTwiml(request);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(
                        "round " + round + " of seed " + SEED + ": "
                                + HexFormat.of().formatHex(body),
                        e);
            }
        }
    }

    /** A database takes it: no NUL, no half characters. */
    private static void assertStorable(DeliveryEvent event) {
        assertThat(Words.isStorable(event.message().id() + event.providerStatus()))
                .isTrue();
        assertThat(event.recipient() == null
                        || Words.isStorable(event.recipient().address()))
                .isTrue();
        assertThat(event.cost() == null ? "" : event.cost().amount().toPlainString())
                .hasSizeLessThan(64);
    }

    private static byte[] mutated(byte[] body, List<CallbackRequest> cases, Random random) {
        int at = random.nextInt(body.length + 1);
        int end = Math.min(body.length, at + random.nextInt(24));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> replaced(body, at, end, new byte[0]);
            case 2 -> replaced(body, at, at, Arrays.copyOfRange(body, at, end));
            case 3 ->
                replaced(
                        body,
                        at,
                        end,
                        stretch(cases.get(random.nextInt(cases.size())).body(), random));
            case 4 -> valueReplaced(body, at, random);
            default -> replaced(body, at, end, new byte[] {(byte) random.nextInt(256)});
        };
    }

    /** The bytes between the next colon or equals sign and the end of the value: most results can be read again. */
    private static byte[] valueReplaced(byte[] body, int at, Random random) {
        int start = at;
        while (start < body.length && ":=".indexOf(body[start]) < 0) {
            start++;
        }
        int end = start;
        while (end < body.length && ",&\n".indexOf(body[end]) < 0) {
            end++;
        }
        byte[] spice = SPICES.get(random.nextInt(SPICES.size())).getBytes(StandardCharsets.UTF_8);
        return replaced(body, Math.min(start + 1, end), end, spice);
    }

    private static byte[] stretch(byte[] body, Random random) {
        int from = random.nextInt(body.length + 1);
        return Arrays.copyOfRange(body, from, Math.min(body.length, from + random.nextInt(40)));
    }

    private static byte[] replaced(byte[] body, int from, int to, byte[] piece) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(body, 0, from);
        changed.writeBytes(piece);
        changed.write(body, to, body.length - to);
        return changed.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void theSimulatorSendsWhatTheAdapterReads(Outcome outcome) throws InvalidAccount {
        CallbackSimulator simulator = adapter.simulator();
        assumeTrue(simulator.reports(outcome), "it never reports that");
        Random random = new Random(SEED);
        Map<String, String> settings = simulator.demoSettings(random);
        String code = outcome == Outcome.FAILED
                ? simulator.errorFrequencies().keySet().iterator().next()
                : null;
        String id = simulator.newMessageId(random, NOW);
        SimulatedMessage message = new SimulatedMessage(
                id, "+12025550100", "+12025550123", outcome, code, NOW.minusSeconds(9), NOW.minusSeconds(2), "meet me");
        String url = URL + adapter.provider();
        SignedCallback callback = simulator.callback(message, settings, url, NOW);
        CallbackRequest request = new CallbackRequest(
                callback.method(), url, callback.query(), name -> first(callback, name), callback.body(), NOW);
        assertThat(adapter.sends(request.method(), request.mediaType())).isTrue();
        assertThat(authenticate(request, account("demo", true, settings))).isEqualTo(accepted("demo"));
        assertThat(adapter.parse(request)).isInstanceOf(Parsed.Events.class);
        DeliveryEvent event = ((Parsed.Events) adapter.parse(request)).events().get(0);
        assertThat(event.message().id()).isEqualTo(id);
        assertThat(event.errorCode()).isEqualTo(outcome == Outcome.UNCONFIRMED ? event.errorCode() : code);
        assertThat(event.direction()).isEqualTo(outcome == Outcome.RECEIVED ? Direction.INBOUND : Direction.OUTBOUND);
        assertThat(event.progress())
                .isEqualTo(outcome == Outcome.RECEIVED ? Progress.DELIVERED : Progress.valueOf(outcome.name()));
    }

    private static @Nullable String first(SignedCallback callback, String name) {
        return callback.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private Account<K> one() {
        return account("one", true, settings(1));
    }

    private Account<K> two() {
        return account("two", true, settings(2));
    }

    private Account<K> account(String name, boolean verify, Map<String, String> settings) {
        try {
            return new Account<>(new AccountName(adapter.provider(), name), verify, adapter.keys(settings));
        } catch (InvalidAccount e) {
            throw new AssertionError(e);
        }
    }

    private Accepted accepted(String name) {
        return new Accepted(new AccountName(adapter.provider(), name));
    }

    @SafeVarargs
    private Authentication authenticate(CallbackRequest request, Account<K>... accounts) {
        return adapter.authenticate(request, List.of(accounts));
    }

    /** Without any header but the content type. */
    private static CallbackRequest bare(CallbackRequest request) {
        return with(
                request,
                request.body(),
                NOW,
                name -> name.equalsIgnoreCase("Content-Type")
                        ? request.headers().first(name)
                        : null);
    }

    private static CallbackRequest with(
            CallbackRequest request, byte[] body, Instant receivedAt, CallbackRequest.Headers headers) {
        return new CallbackRequest(request.method(), request.publicUrl(), request.query(), headers, body, receivedAt);
    }
}
