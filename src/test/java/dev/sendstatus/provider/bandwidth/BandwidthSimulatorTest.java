package dev.sendstatus.provider.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class BandwidthSimulatorTest {
    private static final String URL = "https://status.example.com/webhooks/bandwidth";
    private static final Instant SENT_AT = Instant.parse("2026-11-25T11:59:30.876Z");
    private static final Instant OCCURRED_AT = Instant.parse("2026-11-25T11:59:36Z");

    private final BandwidthAdapter adapter = new BandwidthAdapter();
    private final CallbackSimulator simulator = adapter.simulator();
    private final Random random = new Random(20261125);
    private final Map<String, String> settings = simulator.demoSettings(random);

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void whatIsSimulatedIsAuthenticAndReadAsAskedFor(Outcome outcome) throws InvalidAccount {
        String code = outcome == Outcome.FAILED ? "4770" : outcome == Outcome.UNCONFIRMED ? "9902" : null;
        DeliveryEvent event = event(outcome, code);
        assertThat(event.progress()).isEqualTo(progress(outcome));
        assertThat(event.direction()).isEqualTo(outcome == Outcome.RECEIVED ? Direction.INBOUND : Direction.OUTBOUND);
        assertThat(event.errorCode()).isEqualTo(code);
        assertThat(event.recipient()).isEqualTo(new Recipient("+15554443333"));
        assertThat(event.from()).isEqualTo("+15552221111");
        assertThat(event.occurredAt()).isEqualTo(OCCURRED_AT);
        assertThat(event.sentAt()).isEqualTo(outcome == Outcome.RECEIVED ? null : SENT_AT);
        assertThat(event.segments()).isEqualTo(1);
    }

    static Stream<String> errorCodes() {
        return new BandwidthSimulator().errorFrequencies().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("errorCodes")
    void everyCodeOfTheFrequenciesIsReadAsAFailureWithIt(String code) throws InvalidAccount {
        DeliveryEvent event = event(Outcome.FAILED, code);
        assertThat(event.progress()).isEqualTo(Progress.FAILED);
        assertThat(event.errorCode()).isEqualTo(code);
    }

    @Test
    void aFailureWithoutACodeHasNone() throws InvalidAccount {
        assertThat(event(Outcome.FAILED, null).errorCode()).isNull();
    }

    @Test
    void whatIsUnconfirmedHasTheOneCodeThatSaysSo() throws InvalidAccount {
        assertThat(event(Outcome.UNCONFIRMED, null).errorCode()).isEqualTo("9902");
    }

    @Test
    void ofAPlainSmsOnlyTheEndIsReported() {
        assertThat(Stream.of(Outcome.values()).filter(simulator::reports))
                .containsExactly(Outcome.DELIVERED, Outcome.FAILED, Outcome.UNCONFIRMED, Outcome.RECEIVED);
    }

    @Test
    void statusCallbacksCarryNoText() {
        String body = new String(callback(Outcome.DELIVERED, null).body(), StandardCharsets.UTF_8);
        assertThat(body).startsWith("[{\"time\":").doesNotContain("quick brown").contains("\"text\":\"\"");
    }

    @Test
    void idsAreMillisecondsAndSixteenLettersOrDigits() {
        String id = simulator.newMessageId(random, SENT_AT);
        assertThat(id).hasSize(29).startsWith(Long.toString(SENT_AT.toEpochMilli()));
        assertThat(simulator.newMessageId(random, SENT_AT)).isNotEqualTo(id);
    }

    @Test
    void settingsWithoutCredentialsCannotSign() {
        assertThatThrownBy(() -> simulator.callback(message(Outcome.DELIVERED, null), Map.of(), URL, OCCURRED_AT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("callback-username");
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

    private DeliveryEvent event(Outcome outcome, @Nullable String code) throws InvalidAccount {
        SignedCallback callback = callback(outcome, code);
        CallbackRequest request = new CallbackRequest(
                callback.method(), URL, callback.query(), callback.headers()::get, callback.body(), OCCURRED_AT);
        AccountName name = new AccountName(new Provider("bandwidth"), "demo");
        assertThat(adapter.authenticate(request, List.of(new Account<>(name, true, adapter.keys(settings)))))
                .isEqualTo(new Authentication.Accepted(name));
        assertThat(adapter.sends(request.method(), request.mediaType())).isTrue();
        Parsed parsed = adapter.parse(request);
        assertThat(parsed).isInstanceOf(Parsed.Events.class);
        Parsed.Events events = (Parsed.Events) parsed;
        assertThat(events.notUnderstood()).isEmpty();
        assertThat(events.events()).hasSize(1);
        return events.events().get(0);
    }

    private SignedCallback callback(Outcome outcome, @Nullable String code) {
        return simulator.callback(message(outcome, code), settings, URL, OCCURRED_AT);
    }

    private SimulatedMessage message(Outcome outcome, @Nullable String code) {
        return new SimulatedMessage(
                simulator.newMessageId(random, SENT_AT),
                "+15552221111",
                "+15554443333",
                outcome,
                code,
                SENT_AT,
                OCCURRED_AT,
                "The quick brown fox says \"hello\"");
    }
}
