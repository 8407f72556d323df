package dev.sendstatus.store.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCodecTest {
    private static final MessageKey KEY = new MessageKey(Histories.PROVIDER, "m1");
    static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    private static final Instant AT = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void anEventWithoutARegistrationHasTheBytesThatItAlwaysHad() {
        byte[] bytes = new HistoryCodec(new Words(100)).history(history(callback()));
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("0112210280d89da9c26801010001bfaa9de62c0001f7aa9de62c");
    }

    @Test
    void aRegistrationOfManyComesBackWithAllThatItSays() throws Damaged {
        Registration registration = new Registration(
                List.of(new Recipient("+12025550145"), new Recipient("12345")),
                "order 7",
                "Autumn",
                List.of("b", "a"),
                List.of("Example.com"));
        assertThat(registration.tags()).containsExactly("a", "b");
        for (int room : new int[] {0, 100}) {
            HistoryCodec codec = new HistoryCodec(new Words(room));
            MessageHistory history =
                    history(callback(), registered("+12025550145", registration), registered("12345", registration));
            assertThat(codec.history(KEY, codec.history(history))).isEqualTo(history);
        }
    }

    @Test
    void whatRecursInEveryMessageTakesAByteWhileTheDictionaryHasRoom() {
        Registration registration = new Registration(
                List.of(new Recipient("+12025550145")), null, "A campaign with a long name", List.of(), List.of());
        Words words = new Words(100);
        int with = new HistoryCodec(words).history(history(registered("+12025550145", registration))).length;
        int without = new HistoryCodec(words)
                .history(history(registered(
                        "+12025550145", new Registration(registration.to(), null, null, List.of(), List.of()))))
                .length;
        assertThat(with - without).isEqualTo(1);
    }

    private static DeliveryEvent callback() {
        return DeliveryEvent.of(KEY, Direction.OUTBOUND, Progress.SENT, "sent")
                .to("+12025550143")
                .from("+12025550199")
                .build();
    }

    private static DeliveryEvent registered(String to, Registration registration) {
        return DeliveryEvent.of(KEY, Direction.OUTBOUND, Progress.REGISTERED, "registered")
                .to(to)
                .registration(registration)
                .build();
    }

    private static MessageHistory history(DeliveryEvent... events) {
        List<RecordedEvent> recorded = new ArrayList<>();
        for (DeliveryEvent event : events) {
            recorded.add(new RecordedEvent(recorded.size() + 1L, AT, true, Source.WEBHOOK, ACCOUNT, event));
        }
        return new MessageHistory(KEY, recorded);
    }
}
