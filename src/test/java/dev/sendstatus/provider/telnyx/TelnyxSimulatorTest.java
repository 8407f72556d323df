package dev.sendstatus.provider.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is simulated gets in and says what it was asked to say. */
class TelnyxSimulatorTest {
    private static final String URL = "https://status.example.com/webhooks/telnyx";
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Instant SENT_AT = Instant.parse("2026-11-25T11:58:01.500Z");
    private static final Instant OCCURRED_AT = Instant.parse("2026-11-25T11:59:59.250Z");

    private final TelnyxAdapter adapter = new TelnyxAdapter();
    private final CallbackSimulator simulator = adapter.simulator();
    private final Random random = new Random(7);
    private final Map<String, String> settings = simulator.demoSettings(random);

    @ParameterizedTest
    @EnumSource(value = Outcome.class, mode = EnumSource.Mode.EXCLUDE, names = "ACCEPTED")
    void callbackGetsInAndSaysTheOutcome(Outcome outcome) throws InvalidAccount {
        assertThat(simulator.reports(outcome)).isTrue();
        String code = outcome == Outcome.FAILED ? "40001" : null;
        SimulatedMessage message = message(outcome, code);
        CallbackRequest request = request(simulator.callback(message, settings, URL, NOW));

        AccountName name = new AccountName(new Provider("telnyx"), "demo");
        assertThat(adapter.authenticate(request, List.of(new Account<>(name, true, adapter.keys(settings)))))
                .isEqualTo(new Accepted(name));
        assertThat(adapter.sends(request.method(), request.mediaType())).isTrue();

        DeliveryEvent event = onlyEvent(request);
        assertThat(event.progress()).isEqualTo(progress(outcome));
        assertThat(event.direction()).isEqualTo(outcome == Outcome.RECEIVED ? Direction.INBOUND : Direction.OUTBOUND);
        assertThat(event.message().id()).isEqualTo(message.id());
        assertThat(event.recipient()).isEqualTo(new Recipient(message.to()));
        assertThat(event.from()).isEqualTo(message.from());
        assertThat(event.errorCode()).isEqualTo(code);
        assertThat(event.occurredAt()).isEqualTo(OCCURRED_AT);
        assertThat(event.sentAt()).isEqualTo(outcome == Outcome.RECEIVED ? null : SENT_AT);
        assertThat(event.segments()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40014", "40300"})
    void failureCarriesItsCode(String code) {
        DeliveryEvent event = onlyEvent(request(simulator.callback(message(Outcome.FAILED, code), settings, URL, NOW)));
        assertThat(event.progress()).isEqualTo(Progress.FAILED);
        assertThat(event.errorCode()).isEqualTo(code);
    }

    @Test
    void messageStoppedAtTelnyxCostsNothing() {
        assertThat(onlyEvent(request(simulator.callback(message(Outcome.FAILED, "40300"), settings, URL, NOW)))
                        .cost())
                .isNull();
    }

    @Test
    void unconfirmedKeepsItsCode() {
        DeliveryEvent event =
                onlyEvent(request(simulator.callback(message(Outcome.UNCONFIRMED, "40008"), settings, URL, NOW)));
        assertThat(event.progress()).isEqualTo(Progress.UNCONFIRMED);
        assertThat(event.errorCode()).isEqualTo("40008");
    }

    @Test
    void repetitionIsTheSameEvent() {
        SimulatedMessage message = message(Outcome.DELIVERED, null);
        DeliveryEvent first = onlyEvent(request(simulator.callback(message, settings, URL, NOW)));
        DeliveryEvent again = onlyEvent(request(simulator.callback(message, settings, URL, NOW.plusSeconds(60))));
        assertThat(again).isEqualTo(first);
    }

    @Test
    void waitingMessageHasNoCallback() {
        assertThat(simulator.reports(Outcome.ACCEPTED)).isFalse();
        assertThatThrownBy(() -> simulator.callback(message(Outcome.ACCEPTED, null), settings, URL, NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void accountWithoutSimulationKeyCannotSign() {
        assertThatThrownBy(() -> simulator.callback(
                        message(Outcome.SENT, null), Map.of("public-key", "x", "v1-secret", "hidden"), URL, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("simulation-key")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void idsAreRandomUuids() {
        for (int i = 0; i < 100; i++) {
            String id = simulator.newMessageId(random, NOW);
            assertThat(UUID.fromString(id).version()).isEqualTo(4);
            assertThat(UUID.fromString(id).variant()).isEqualTo(2);
            assertThat(UUID.fromString(id)).hasToString(id);
        }
    }

    @Test
    void nearlyAllFailuresAreNotRoutable() {
        Map<String, Integer> weights = simulator.errorFrequencies();
        int all = weights.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(weights.getOrDefault("40001", 0) * 100 / all).isBetween(90, 95);
    }

    private SimulatedMessage message(Outcome outcome, @Nullable String code) {
        String text = "Quote \" backslash \\ line\nbreak, é, ☃, 100%";
        return new SimulatedMessage(
                simulator.newMessageId(random, NOW),
                "+13125550001",
                "+13129450002",
                outcome,
                code,
                SENT_AT,
                OCCURRED_AT,
                text);
    }

    private DeliveryEvent onlyEvent(CallbackRequest request) {
        Parsed parsed = adapter.parse(request);
        assertThat(parsed).isInstanceOf(Parsed.Events.class);
        Parsed.Events events = (Parsed.Events) parsed;
        assertThat(events.notUnderstood()).isEmpty();
        assertThat(events.events()).hasSize(1);
        return events.events().get(0);
    }

    private static Progress progress(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> Progress.ACCEPTED;
            case SENT -> Progress.SENT;
            case DELIVERED, RECEIVED -> Progress.DELIVERED;
            case FAILED -> Progress.FAILED;
            case UNCONFIRMED -> Progress.UNCONFIRMED;
        };
    }

    private static CallbackRequest request(SignedCallback callback) {
        Map<String, String> headers = new HashMap<>();
        callback.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new CallbackRequest(
                callback.method(),
                URL,
                callback.query(),
                name -> headers.get(name.toLowerCase(Locale.ROOT)),
                callback.body(),
                NOW);
    }
}
