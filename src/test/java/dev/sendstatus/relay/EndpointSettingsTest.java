package dev.sendstatus.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import dev.sendstatus.outbound.Destination;
import dev.sendstatus.outbound.SigningSecret;
import dev.sendstatus.state.Change;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.TextMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointSettingsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    /** What is heard of a message of Twilio's account {@code main}, in the campaign {@code autumn}, with the tags {@code vote} and {@code north}. */
    private static Change change(Progress progress) {
        MessageKey key = new MessageKey(TextMessage.TWILIO.provider(), "m1");
        DeliveryEvent event = DeliveryEvent.of(key, Direction.OUTBOUND, progress, "said")
                .to("+12025550143")
                .registration(new Registration(
                        List.of(new Recipient("+12025550143")), null, "autumn", List.of("vote", "north"), List.of()))
                .build();
        RecordedEvent recorded = new RecordedEvent(1, NOW, true, Source.WEBHOOK, TextMessage.TWILIO, event);
        return Change.of(MessageHistory.none(key).with(recorded), 1);
    }

    private static Set<String> words(@Nullable String words) {
        return words == null ? Set.of() : Set.of(words.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -             | -             | -          | true
            main          | -             | -          | true
            other main    | -             | -          | true
            twilio/main   | -             | -          | true
            telnyx/main   | -             | -          | false
            other         | -             | -          | false
            -             | autumn spring | -          | true
            -             | spring        | -          | false
            -             | -             | north east | true
            -             | -             | east       | false
            main          | autumn        | vote       | true
            main          | autumn        | east       | false
            """)
    void ofEachSetAChangeHasToFitOne(String accounts, String campaigns, String tags, boolean wanted) {
        EndpointSettings endpoint = new EndpointSettings(
                "main",
                new Destination(
                        Destination.url("https://example.com/hook", false),
                        List.of(SigningSecret.read(SigningSecret.make())),
                        Duration.ofSeconds(15),
                        false),
                Set.of(Change.Type.DELIVERED, Change.Type.FAILED),
                words(accounts),
                words(campaigns),
                words(tags),
                8,
                false);
        assertThat(endpoint.wants(change(Progress.DELIVERED))).isEqualTo(wanted);
        assertThat(endpoint.wants(change(Progress.SENT))).isFalse();
    }
}
