package dev.sendstatus.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication.Accepted;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.Parsed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TwilioSimulatorTest {
    private static final Instant NOW = Instant.parse("2026-01-02T15:30:00Z");
    private final TwilioAdapter adapter = new TwilioAdapter();
    private final CallbackSimulator simulator = adapter.simulator();
    private final Map<String, String> settings = simulator.demoSettings(new Random(1));
    private final Account<TwilioKeys> account = account(settings);

    private Account<TwilioKeys> account(Map<String, String> values) {
        try {
            return new Account<>(new AccountName(adapter.provider(), "demo"), true, adapter.keys(values));
        } catch (InvalidAccount e) {
            throw new IllegalStateException(e);
        }
    }

    private CallbackRequest sent(String url, Outcome outcome, @Nullable String code) {
        SignedCallback callback = simulator.callback(
                new SimulatedMessage(
                        "SM1",
                        "+12025550199",
                        "+12025550143",
                        outcome,
                        code,
                        NOW,
                        NOW,
                        "A text & more: ñ \uD83D\uDE00"),
                settings,
                url,
                NOW);
        return new CallbackRequest(
                callback.method(), url, callback.query(), callback.headers()::get, callback.body(), NOW);
    }

    private DeliveryEvent event(Outcome outcome, @Nullable String code) {
        CallbackRequest request = sent(SignedRequest.URL, outcome, code);
        assertThat(adapter.authenticate(request, List.of(account))).isEqualTo(new Accepted(account.name()));
        Parsed parsed = adapter.parse(request);
        assertThat(parsed).isInstanceOf(Parsed.Events.class);
        return ((Parsed.Events) parsed).events().get(0);
    }

    /** Also for the one that Twilio is not known to report. */
    @ParameterizedTest
    @EnumSource
    void everyOutcomeIsAuthenticAndReadAsAskedFor(Outcome outcome) {
        DeliveryEvent event = event(outcome, outcome == Outcome.FAILED ? "30003" : null);
        Progress wanted = outcome == Outcome.RECEIVED ? Progress.DELIVERED : Progress.valueOf(outcome.name());
        assertThat(event.progress()).isEqualTo(wanted);
        assertThat(event.direction()).isEqualTo(outcome == Outcome.RECEIVED ? Direction.INBOUND : Direction.OUTBOUND);
        assertThat(event.message().id()).isEqualTo("SM1");
        assertThat(event.recipient()).isEqualTo(new Recipient("+12025550143"));
        assertThat(event.from()).isEqualTo("+12025550199");
        assertThat(event.errorCode()).isEqualTo(outcome == Outcome.FAILED ? "30003" : null);
    }

    @Test
    void carriersFailuresAreUndeliveredAndTwiliosOwnAreFailed() {
        assertThat(event(Outcome.FAILED, "30003").providerStatus()).isEqualTo("undelivered");
        assertThat(event(Outcome.FAILED, "21610").providerStatus()).isEqualTo("failed");
        assertThat(event(Outcome.FAILED, null).errorCode()).isNull();
        assertThat(event(Outcome.DELIVERED, null).detail()).isEqualTo("RawDlrDoneDate=2601021530");
    }

    @Test
    void inboundMessageIsAnsweredWithTwiml() {
        assertThat(adapter.answeredByTwiml(sent(SignedRequest.URL, Outcome.RECEIVED, null)))
                .isTrue();
        assertThat(adapter.answeredByTwiml(sent(SignedRequest.URL, Outcome.SENT, null)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8080/webhooks/twilio", "https://user:pass@a.example:8443/webhooks/twilio/main"
            })
    void urlsWithAPortOrAUserAreSignedToo(String url) {
        assertThat(adapter.authenticate(sent(url, Outcome.SENT, null), List.of(account)))
                .isEqualTo(new Accepted(account.name()));
    }

    @Test
    void signatureIsTheOneThatTwilioWouldMake() {
        CallbackRequest request = sent(SignedRequest.URL, Outcome.SENT, null);
        SignedRequest independent = SignedRequest.form(
                Objects.requireNonNull(settings.get("auth-token")),
                SignedRequest.URL,
                List.of(new String(request.body(), StandardCharsets.US_ASCII).split("&")).stream()
                        .map(pair -> Map.entry(
                                pair.substring(0, pair.indexOf('=')),
                                pair.substring(pair.indexOf('=') + 1).replace("%2B", "+")))
                        .toList());
        assertThat(request.headers().first("X-Twilio-Signature")).isEqualTo(independent.signature());
    }

    @Test
    void sameSourceOfChanceGivesTheSameAccountAndIds() {
        assertThat(simulator.demoSettings(new Random(1))).isEqualTo(settings);
        assertThat(simulator.newMessageId(new Random(2), NOW))
                .hasSize(34)
                .startsWith("SM")
                .isEqualTo(simulator.newMessageId(new Random(2), NOW));
    }

    @Test
    void onlyDeliveryUnknownIsNotKnownToBeReported() {
        assertThat(List.of(Outcome.values()).stream().filter(outcome -> !simulator.reports(outcome)))
                .containsExactly(Outcome.UNCONFIRMED);
    }

    @Test
    void settingsThatCannotSignAreRefusedByName() {
        SimulatedMessage message = new SimulatedMessage("SM1", "+1", "+2", Outcome.SENT, null, NOW, NOW, "");
        assertThatThrownBy(() -> simulator.callback(message, Map.of("account-sid", "AC1"), SignedRequest.URL, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auth-token");
    }

    @Test
    void everySimulatedErrorCodeIsInTheCatalogue() throws IOException {
        try (var file = TwilioAdapter.class.getResourceAsStream("error-codes.csv");
                var lines = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
            Set<String> known = lines.lines()
                    .map(line -> line.substring(0, line.indexOf(',')))
                    .collect(Collectors.toSet());
            assertThat(known).containsAll(simulator.errorFrequencies().keySet());
        }
    }
}
