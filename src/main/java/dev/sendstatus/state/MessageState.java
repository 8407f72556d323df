package dev.sendstatus.state;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Labels;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state of a message: a pure function of the set of its events. No order and no repetition of the same events
 * gives another state, but for the times of arrival of events to which the provider gave no time.
 *
 * @param account the account that spoke of it; the first by name if several did
 * @param from null if no event named it
 * @param recipients by address, at least one
 * @param segments 0 if unknown
 * @param sentAt the earliest time at which the provider says that it was sent; null if it never said
 * @param registeredAt when the sending program announced it; null if it did not
 * @param labels what the sending program calls it. Of several registrations that contradict each other one counts: {@link
 *     Registrations}
 * @param finalizedAt when the last recipient's status became terminal; null while one is SENT
 * @param firstEventAt the earliest event, by the provider's time, else by arrival
 * @param lastEventAt the latest, likewise
 */
public record MessageState(
        MessageKey message,
        AccountName account,
        Direction direction,
        @Nullable String from,
        List<RecipientState> recipients,
        int segments,
        @Nullable Cost cost,
        @Nullable Instant sentAt,
        @Nullable Instant registeredAt,
        Labels labels,
        @Nullable Instant finalizedAt,
        Instant firstEventAt,
        Instant lastEventAt) {

    public MessageState {
        recipients = List.copyOf(recipients);
    }

    /** The state that a history gives. @param history with at least one event */
    public static MessageState of(MessageHistory history) {
        List<RecordedEvent> strongestFirst = history.events();
        if (strongestFirst.size() > 1) {
            strongestFirst = new ArrayList<>(strongestFirst);
            strongestFirst.sort(EventOrder.STRONGEST_FIRST);
            List<RecordedEvent> counting = Registrations.counting(strongestFirst);
            // No message that is stored has been taken back whole.
            strongestFirst = counting.isEmpty() ? strongestFirst : counting;
        }
        List<RecipientState> recipients = Recipients.of(strongestFirst);
        AccountName account = strongestFirst.get(0).account();
        Instant earliest = EventOrder.when(strongestFirst.get(0));
        Instant latest = earliest;
        boolean inbound = false;
        int segments = 0;
        for (RecordedEvent event : strongestFirst) {
            Instant when = EventOrder.when(event);
            earliest = when.isBefore(earliest) ? when : earliest;
            latest = when.isAfter(latest) ? when : latest;
            account = event.account().compareTo(account) < 0 ? event.account() : account;
            inbound |= event.event().direction() == Direction.INBOUND;
            segments = Math.max(segments, event.event().segments());
        }
        return new MessageState(
                history.message(),
                account,
                inbound ? Direction.INBOUND : Direction.OUTBOUND,
                strongest(strongestFirst, DeliveryEvent::from),
                recipients,
                segments,
                strongest(strongestFirst, DeliveryEvent::cost),
                sentAt(strongestFirst),
                registeredAt(strongestFirst),
                Labels.of(strongest(strongestFirst, DeliveryEvent::registration)),
                finalizedAt(recipients),
                earliest,
                latest);
    }

    /** SENT if any recipient is SENT, else ERROR if any is ERROR, else DELIVERED. */
    public SendStatus status() {
        return weakest().status();
    }

    /** How far the recipient that got least far came: where errors and deliveries mix, the error. */
    public Progress progress() {
        return weakest().progress();
    }

    /** SENT, and the provider will never know of any recipient that is. */
    public boolean unconfirmed() {
        return progress() == Progress.UNCONFIRMED;
    }

    /** The code of the recipient that decides the status; null if it has none. */
    public @Nullable String errorCode() {
        return weakest().errorCode();
    }

    public boolean conflict() {
        return recipients.stream().anyMatch(RecipientState::conflict);
    }

    /** Since when it waits for an end: when it was sent, as far as that is known. */
    public Instant waitingSince() {
        return sentAt != null ? sentAt : firstEventAt;
    }

    /** Whether it is on its way to an end that may still be reported, and so may become stuck. */
    public boolean open() {
        return direction == Direction.OUTBOUND && status() == SendStatus.SENT && !unconfirmed();
    }

    /** Whether both say the same of every recipient, whatever the times. */
    public boolean sameOutcome(MessageState other) {
        if (recipients.size() != other.recipients.size()) {
            return false;
        }
        for (int i = 0; i < recipients.size(); i++) {
            if (!recipients.get(i).sameOutcome(other.recipients.get(i))) {
                return false;
            }
        }
        return true;
    }

    private RecipientState weakest() {
        RecipientState weakest = recipients.get(0);
        for (RecipientState recipient : recipients) {
            if (recipient.progress().compareTo(weakest.progress()) < 0) {
                weakest = recipient;
            }
        }
        return weakest;
    }

    static <T> @Nullable T strongest(List<RecordedEvent> strongestFirst, Function<DeliveryEvent, @Nullable T> part) {
        for (RecordedEvent event : strongestFirst) {
            T value = part.apply(event.event());
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The provider's time of sending, else its time of the statement that it was handed on. */
    private static @Nullable Instant sentAt(List<RecordedEvent> events) {
        Instant earliest = null;
        for (RecordedEvent recorded : events) {
            Instant time = recorded.sentAt();
            if (time == null && recorded.event().progress() == Progress.SENT) {
                time = recorded.occurredAt();
            }
            if (time != null && (earliest == null || time.isBefore(earliest))) {
                earliest = time;
            }
        }
        return earliest;
    }

    private static @Nullable Instant registeredAt(List<RecordedEvent> events) {
        Instant earliest = null;
        for (RecordedEvent event : events) {
            boolean registration =
                    event.event().progress() == Progress.REGISTERED || event.source() == Source.REGISTRATION;
            if (registration && (earliest == null || event.receivedAt().isBefore(earliest))) {
                earliest = event.receivedAt();
            }
        }
        return earliest;
    }

    private static @Nullable Instant finalizedAt(List<RecipientState> recipients) {
        Instant latest = null;
        for (RecipientState recipient : recipients) {
            if (!recipient.status().terminal()) {
                return null;
            }
            if (latest == null || recipient.updatedAt().isAfter(latest)) {
                latest = recipient.updatedAt();
            }
        }
        return latest;
    }
}
