package dev.sendstatus.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTest {
    private static final MessageKey KEY = new MessageKey(Histories.PROVIDER, "m1");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String ANN = "+12025550143";
    private static final String BOB = "+12025550144";

    /** What was said of whom, {@code ANN SENT}, or of nobody in particular, {@code - SENT}; one after another. */
    private static MessageHistory history(String said) {
        MessageHistory history = MessageHistory.none(KEY);
        for (String one : said.split(", ")) {
            String[] words = one.split(" ");
            Progress progress = Progress.valueOf(words[1]);
            DeliveryEvent.Builder event = DeliveryEvent.of(
                    KEY, Direction.OUTBOUND, progress, progress.name().toLowerCase());
            switch (words[0]) {
                case "ANN" -> event.to(ANN);
                case "BOB" -> event.to(BOB);
                case "BOTH" ->
                    event.registration(new Registration(
                            List.of(new Recipient(ANN), new Recipient(BOB)), null, null, List.of(), List.of()));
                default -> event.build();
            }
            int sequence = 10 * (history.events().size() + 1);
            history = history.with(new RecordedEvent(
                    sequence,
                    NOW.plusSeconds(sequence),
                    true,
                    Source.WEBHOOK,
                    new AccountName(Histories.PROVIDER, "main"),
                    event.build()));
        }
        return history;
    }

    /** The last event's change: whose it is, from what to what, and what the message shows. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ANN SENT                                  | ANN | -         | SENT      | SENT      | message.sent
            ANN ACCEPTED, ANN SENT                    | ANN | SENT      | SENT      | SENT      | message.sent
            ANN SENT, ANN DELIVERED                   | ANN | SENT      | DELIVERED | DELIVERED | message.delivered
            ANN SENT, ANN FAILED                      | ANN | SENT      | ERROR     | ERROR     | message.failed
            ANN SENT, ANN UNCONFIRMED                 | ANN | SENT      | SENT      | SENT      | message.unconfirmed
            ANN FAILED, ANN DELIVERED                 | ANN | ERROR     | DELIVERED | DELIVERED | message.delivered
            ANN SENT, BOB SENT                        | BOB | -         | SENT      | SENT      | message.sent
            ANN SENT, BOB SENT, ANN DELIVERED         | ANN | SENT      | DELIVERED | SENT      | message.delivered
            ANN DELIVERED, BOB SENT, BOB FAILED       | BOB | SENT      | ERROR     | ERROR     | message.failed
            - SENT                                    | -   | -         | SENT      | SENT      | message.sent
            - SENT, ANN SENT                          | ANN | SENT      | SENT      | SENT      | message.sent
            ANN SENT, - DELIVERED                     | ANN | SENT      | DELIVERED | DELIVERED | message.delivered
            ANN SENT, BOB SENT, - DELIVERED           | -   | -         | DELIVERED | SENT      | message.delivered
            """)
    void aChangeIsTheEventsRecipientFromBeforeToAfter(
            String said, String recipient, SendStatus previous, SendStatus status, SendStatus message, String type) {
        MessageHistory history = history(said);
        Change change = Change.of(history, 10L * history.events().size());
        Recipient expected = recipient == null ? null : new Recipient(recipient.equals("ANN") ? ANN : BOB);
        assertThat(change.recipient().to()).isEqualTo(expected);
        RecipientState before = change.previous();
        assertThat(before == null ? null : before.status()).isEqualTo(previous);
        assertThat(change.recipient().status()).isEqualTo(status);
        assertThat(change.after().status()).isEqualTo(message);
        assertThat(change.type().word()).isEqualTo(type);
    }

    @Test
    void whatCameLaterChangesNothingOfAnEarlierChange() {
        String said = "ANN ACCEPTED, ANN SENT, BOB SENT, ANN FAILED, BOB DELIVERED, ANN DELIVERED";
        MessageHistory whole = history(said);
        List<String> until = new ArrayList<>();
        for (String one : said.split(", ")) {
            until.add(one);
            long sequence = 10L * until.size();
            assertThat(Change.of(whole, sequence)).isEqualTo(Change.of(history(String.join(", ", until)), sequence));
        }
    }

    /** Filters are compared with one recipient's change, at its time. */
    @Test
    void aChangeAloneIsOfItsRecipientOnly() {
        Change change = Change.of(history("ANN DELIVERED, BOB SENT, BOB FAILED"), 30);
        MessageState alone = change.alone();
        assertThat(alone.recipients()).containsExactly(change.recipient());
        assertThat(alone.status()).isEqualTo(SendStatus.ERROR);
        assertThat(alone.firstEventAt()).isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void aSequenceThatIsNotOfTheHistoryIsRefused() {
        assertThatThrownBy(() -> Change.of(history("ANN SENT"), 15)).isInstanceOf(IllegalArgumentException.class);
    }
}
