package dev.sendstatus.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When several names are one recipient, and which of them is shown. */
class RecipientsTest {
    private static final MessageKey KEY = new MessageKey(Histories.PROVIDER, "m1");

    /** Names are separated by blanks; in each case all orders of arrival are tried. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # sole | registered                | by the provider                      | shown
            true   | 2025550143                | +12025550143                         | +12025550143
            true   | +12025550143              | 2025550143                           | 2025550143
            true   | 01715550143               | +491715550143                        | +491715550143
            true   | 2025550143                |                                      | 2025550143
            true   |                           | rcs:+12025550143 +12025550143        | +12025550143
            true   | 2025550143                | whatsapp:+12025550143                | whatsapp:+12025550143
            true   | +12025550143              | +1202555XXXX                         | +12025550143
            true   | +12025550143              | +1202555                             | +12025550143
            true   | 2025550143                | +1202555XXXX +12025550143            | +12025550143
            true   | ACME                      | +12025550143                         | +12025550143
            false  | 2025550143                | +12025550143                         | +12025550143
            false  | +12025550143              | 12025550143                          | +12025550143
            false  | 2025550143                |                                      | 2025550143
            false  |                           | +12025550143                         | +12025550143
            false  |                           | +12025550143 +12025550144            | +12025550143 +12025550144
            false  |                           | whatsapp:+12025550143 +12025550143   | +12025550143 whatsapp:+12025550143
            false  | +12025550143 +12025550144 | +12025550143                         | +12025550143 +12025550144
            false  | 2025550143 2025550144     | +12025550143                         | +12025550143 2025550143 2025550144
            false  | 2025550143                | +12025550143 +12025550144            | +12025550143 +12025550144 2025550143
            """)
    void namesThatWereGivenForTheOnlyRecipientAreOne(
            boolean sole, @Nullable String registered, @Nullable String byProvider, String shown) {
        List<DeliveryEvent> events = new ArrayList<>(registered(sole, names(registered)));
        for (String name : names(byProvider)) {
            events.add(said(sole, Progress.DELIVERED, name));
            events.add(said(sole, Progress.SENT, name));
        }
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(events, new Random(seed));
            MessageState state = state(events);
            assertThat(state.recipients())
                    .extracting(recipient -> String.valueOf(recipient.to()))
                    .containsExactly(shown.split(" "));
            if (state.recipients().size() == 1) {
                assertThat(state.progress()).isEqualTo(byProvider == null ? Progress.REGISTERED : Progress.DELIVERED);
            }
        }
    }

    @Property(tries = 1_000)
    void aSoleRecipientIsOneAndNeverGoesBackWhateverIsSaidOfIt(@ForAll long seed) {
        Random random = new Random(seed);
        List<RecordedEvent> arrivals = new ArrayList<>();
        List<RecordedEvent> all = Histories.arrivals(random, KEY, 2 + random.nextInt(6));
        // What says that there is one recipient only may be a registration, and must not be taken back then.
        all.removeIf(event -> event.event().providerStatus().equals("withdrawn"));
        Assume.that(all.size() > 1);
        for (RecordedEvent event : all) {
            boolean registration = event.event().registration() != null;
            arrivals.add(registration || arrivals.isEmpty() ? sole(event) : event);
        }
        MessageState before = MessageState.of(Histories.history(KEY, arrivals.subList(0, arrivals.size() - 1)));
        MessageState after = MessageState.of(Histories.history(KEY, arrivals));
        assertThat(after.recipients()).hasSize(1);
        if (arrivals.stream().allMatch(event -> event.event().registration() == null)) {
            assertThat(after.progress()).isGreaterThanOrEqualTo(before.progress());
        }
        String shown = String.valueOf(after.recipients().get(0).to());
        List<String> byProvider = arrivals.stream()
                .filter(event ->
                        event.event().registration() == null && event.event().recipient() != null)
                .map(event -> String.valueOf(event.event().recipient()))
                .toList();
        if (!byProvider.isEmpty()) {
            assertThat(byProvider).contains(shown);
        }
    }

    private static RecordedEvent sole(RecordedEvent recorded) {
        DeliveryEvent event = recorded.event();
        DeliveryEvent sole = new DeliveryEvent(
                event.message(),
                event.recipient(),
                true,
                event.direction(),
                event.progress(),
                event.providerStatus(),
                event.errorCode(),
                event.occurredAt(),
                event.eventId(),
                event.detail(),
                event.from(),
                event.carrier(),
                event.sentAt(),
                event.segments(),
                event.cost(),
                event.registration());
        return new RecordedEvent(
                recorded.sequence(),
                recorded.receivedAt(),
                recorded.changed(),
                recorded.source(),
                recorded.account(),
                sole);
    }

    private static List<String> names(@Nullable String text) {
        return text == null ? List.of() : List.of(text.split(" "));
    }

    private static List<DeliveryEvent> registered(boolean sole, List<String> names) {
        List<Recipient> to = names.stream().map(Recipient::new).toList();
        Registration registration = new Registration(to, "order 7", null, List.of(), List.of());
        return names.stream()
                .map(name -> builder(sole, Progress.REGISTERED, name)
                        .registration(registration)
                        .build())
                .toList();
    }

    private static DeliveryEvent said(boolean sole, Progress progress, String name) {
        return builder(sole, progress, name).build();
    }

    private static DeliveryEvent.Builder builder(boolean sole, Progress progress, String name) {
        DeliveryEvent.Builder event = DeliveryEvent.of(KEY, Direction.OUTBOUND, progress, progress.name())
                .to(name);
        return sole ? event.soleRecipient() : event;
    }

    private static MessageState state(List<DeliveryEvent> events) {
        List<RecordedEvent> arrivals = Stream.iterate(0, i -> i + 1)
                .limit(events.size())
                .map(i -> new RecordedEvent(
                        i + 1L,
                        Histories.START.plusSeconds(i),
                        true,
                        Source.WEBHOOK,
                        new AccountName(Histories.PROVIDER, "main"),
                        events.get(i)))
                .toList();
        return MessageState.of(Histories.history(KEY, arrivals));
    }
}
