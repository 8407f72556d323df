package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErasedHistoryTest {
    private static final Provider PROVIDER = new Provider("testtel");
    private static final MessageKey KEY = new MessageKey(PROVIDER, "m1");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # erased        | registered              | by the provider | what stays
            +12025550143    | 2025550143              | +12025550143    |
            +12025550143    | 2025550143              |                 |
            (202) 555-0143  | 2025550143              | +12025550143    |
            +491715550143   | 01715550143             | +491715550143   |
            +491715550143   | whatsapp:+491715550143  | ACME            |
            +12025550143    | 2025550143 +12025550144 | +12025550143    | +12025550144
            +12025550144    | +12025550143 +12025550144 | +12025550144  | +12025550143
            """)
    void allNamesOfTheOnlyRecipientGoAndNobodyElses(
            String number, String registered, @Nullable String byProvider, @Nullable String stays) {
        MessageHistory history = history(registered.split(" "), byProvider);
        ErasedHistory erased = Objects.requireNonNull(
                ErasedHistory.of(history, PhoneNumber.of(number).orElseThrow()));
        assertThat(erased.recipient()).isTrue();
        List<String> names = new ArrayList<>();
        for (RecordedEvent recorded : erased.history().events()) {
            if (recorded.event().recipient() != null) {
                names.add(recorded.event().recipient().address());
            }
            if (recorded.event().registration() != null) {
                recorded.event().registration().to().forEach(to -> names.add(to.address()));
            }
        }
        names.removeIf(name -> name.equals("erased") || name.equals("whatsapp:erased"));
        assertThat(names.stream().distinct().toList()).isEqualTo(stays == null ? List.of() : List.of(stays));
    }

    private static MessageHistory history(String[] registered, @Nullable String byProvider) {
        List<Recipient> to = List.of(registered).stream().map(Recipient::new).toList();
        Registration registration = new Registration(to, null, null, List.of(), List.of());
        List<DeliveryEvent> events = new ArrayList<>();
        for (Recipient recipient : to) {
            events.add(DeliveryEvent.of(KEY, Direction.OUTBOUND, Progress.REGISTERED, "registered")
                    .to(recipient.address())
                    .registration(registration)
                    .build());
        }
        if (byProvider != null) {
            events.add(DeliveryEvent.of(KEY, Direction.OUTBOUND, Progress.DELIVERED, "delivered")
                    .to(byProvider)
                    .build());
        }
        MessageHistory history = MessageHistory.none(KEY);
        for (DeliveryEvent event : events) {
            long sequence = history.events().size() + 1L;
            history = history.with(new RecordedEvent(
                    sequence,
                    Instant.parse("2026-11-25T12:00:00Z"),
                    true,
                    Source.WEBHOOK,
                    new AccountName(PROVIDER, "main"),
                    event));
        }
        return history;
    }
}
