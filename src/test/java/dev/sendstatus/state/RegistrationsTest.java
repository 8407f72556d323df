package dev.sendstatus.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.SendStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegistrationsTest {
    private static final MessageKey KEY = new MessageKey(Histories.PROVIDER, "m1");
    private static final String ONE = "+12025550143";
    private static final String TWO = "+12025550144";
    private static final String THREE = "+12025550145";

    @Property(tries = 200)
    void ofTwoThatContradictEachOtherOneCountsWholeWhicheverCameFirst(@ForAll long seed) {
        List<DeliveryEvent> events = new ArrayList<>(registered("a", ONE, TWO));
        events.addAll(registered("b", ONE, THREE));
        Collections.shuffle(events, new Random(seed));
        MessageState state = state(events);
        assertThat(reference(state)).isEqualTo("b");
        assertThat(state.recipients())
                .extracting(RecipientState::to)
                .containsExactly(new Recipient(ONE), new Recipient(THREE));
    }

    @Test
    void whatTheProviderSaidOfSomebodyStaysWhoeverIsRegistered() {
        List<DeliveryEvent> events = new ArrayList<>(registered("a", ONE, TWO));
        events.add(DeliveryEvent.of(KEY, Direction.OUTBOUND, Progress.DELIVERED, "delivered")
                .to(THREE)
                .build());
        MessageState state = state(events);
        assertThat(state.recipients())
                .extracting(RecipientState::to)
                .containsExactly(new Recipient(ONE), new Recipient(TWO), new Recipient(THREE));
        assertThat(state.status()).isEqualTo(SendStatus.SENT);
    }

    @Test
    void anEventThatNamesNobodySpeaksOfTheRegisteredRecipient() {
        List<DeliveryEvent> events = new ArrayList<>(registered("a", ONE));
        events.add(DeliveryEvent.of(KEY, Direction.OUTBOUND, Progress.DELIVERED, "delivered")
                .build());
        MessageState state = state(events);
        assertThat(state.recipients()).extracting(RecipientState::to).containsExactly(new Recipient(ONE));
        assertThat(state.status()).isEqualTo(SendStatus.DELIVERED);
    }

    @Property(tries = 500)
    void whatIsTakenBackGoesWhateverCameFirstAndWhatTheProviderSaidStays(@ForAll long seed) {
        DeliveryEvent sent = DeliveryEvent.of(KEY, Direction.OUTBOUND, Progress.SENT, "sent")
                .to(ONE)
                .build();
        List<DeliveryEvent> events = new ArrayList<>(registered("a", TWO, THREE));
        events.add(sent);
        events.add(Registrations.withdrawal(history(events)));
        Collections.shuffle(events, new Random(seed));
        assertThat(state(events))
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*At")
                .isEqualTo(state(List.of(sent)));
        assertThat(state(events).registeredAt()).isNull();
        assertThat(Registrations.counting(history(events))).isEmpty();
    }

    @Property(tries = 500)
    void whatIsRegisteredAfterwardsCountsAlsoIfItSaysTheSame(@ForAll long seed) {
        List<DeliveryEvent> events = new ArrayList<>(registered("a", ONE));
        events.add(DeliveryEvent.of(KEY, Direction.OUTBOUND, Progress.SENT, "sent")
                .to(ONE)
                .build());
        for (String reference : List.of("b", "a", "a")) {
            events.add(Registrations.withdrawal(history(events)));
            String round = Registrations.round(history(events));
            assertThat(state(events).labels().reference()).isNull();
            registered(reference, ONE).forEach(event -> events.add(rounded(event, round)));
            Collections.shuffle(events, new Random(seed));
            assertThat(reference(state(events))).isEqualTo(reference);
        }
        assertThat(Registrations.counting(history(events))).hasSize(1);
    }

    @Test
    void aRefusedSendThatIsTakenBackIsNoErrorAnyMore() {
        DeliveryEvent refused = DeliveryEvent.of(KEY, Direction.OUTBOUND, Progress.FAILED, "refused")
                .to(ONE)
                .errorCode("4720")
                .registration(new Registration(List.of(new Recipient(ONE)), null, null, List.of(), List.of()))
                .build();
        DeliveryEvent sent = DeliveryEvent.of(KEY, Direction.OUTBOUND, Progress.SENT, "sent")
                .to(ONE)
                .build();
        DeliveryEvent withdrawal = Registrations.withdrawal(history(List.of(refused)));
        assertThat(state(List.of(refused, sent)).status()).isEqualTo(SendStatus.ERROR);
        assertThat(state(List.of(refused, sent, withdrawal)).status()).isEqualTo(SendStatus.SENT);
        assertThat(Registrations.namedByProvider(history(List.of(refused, withdrawal))))
                .isFalse();
        assertThat(Registrations.namedByProvider(history(List.of(refused, sent))))
                .isTrue();
    }

    private static DeliveryEvent rounded(DeliveryEvent event, @Nullable String round) {
        return DeliveryEvent.of(KEY, event.direction(), event.progress(), event.providerStatus())
                .to(Objects.requireNonNull(event.recipient()).address())
                .registration(event.registration())
                .detail(round)
                .build();
    }

    private static String reference(MessageState state) {
        return Objects.requireNonNull(state.labels().reference());
    }

    private static List<DeliveryEvent> registered(String reference, String... to) {
        List<Recipient> recipients = List.of(to).stream().map(Recipient::new).toList();
        Registration registration = new Registration(recipients, reference, null, List.of(), List.of());
        return recipients.stream()
                .map(recipient -> DeliveryEvent.of(KEY, Direction.OUTBOUND, Progress.REGISTERED, "registered")
                        .to(recipient.address())
                        .registration(registration)
                        .build())
                .toList();
    }

    private static MessageState state(List<DeliveryEvent> events) {
        return MessageState.of(history(events));
    }

    private static MessageHistory history(List<DeliveryEvent> events) {
        Random random = new Random(1);
        List<RecordedEvent> arrivals = new ArrayList<>();
        for (DeliveryEvent event : events) {
            RecordedEvent recorded = Histories.recorded(random, event, arrivals.size() + 1L);
            arrivals.add(new RecordedEvent(
                    recorded.sequence(),
                    recorded.receivedAt(),
                    true,
                    recorded.source(),
                    new AccountName(Histories.PROVIDER, "main"),
                    event));
        }
        return Histories.history(KEY, arrivals);
    }
}
