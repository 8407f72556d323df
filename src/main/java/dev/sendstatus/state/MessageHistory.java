package dev.sendstatus.state;

import dev.sendstatus.event.MessageKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The set of events of one message: the whole truth about it, from which {@link MessageState} is derived. Two events that say
 * the same are one, whichever way and however often they came, so that adding is commutative, associative and idempotent.
 *
 * @param message which message
 * @param events in order of arrival, no two of which say the same
 */
public record MessageHistory(MessageKey message, List<RecordedEvent> events) {

    public MessageHistory {
        events = List.copyOf(events);
    }

    public static MessageHistory none(MessageKey message) {
        return new MessageHistory(message, List.of());
    }

    /** When it was last heard of, by arrival: a provider's own time may lie as far back as it likes. With at least one event. */
    public Instant lastReceivedAt() {
        Instant last = events.get(0).receivedAt();
        for (RecordedEvent event : events) {
            last = event.receivedAt().isAfter(last) ? event.receivedAt() : last;
        }
        return last;
    }

    /** Whether an event that says exactly this is in the history. */
    public boolean says(RecordedEvent other) {
        for (RecordedEvent event : events) {
            if (same(event, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(RecordedEvent one, RecordedEvent other) {
        return one.account().equals(other.account()) && one.event().equals(other.event());
    }

    /** The history with one event more: with the earlier of the two arrivals where it says the same as one that is there. */
    public MessageHistory with(RecordedEvent added) {
        List<RecordedEvent> all = new ArrayList<>(events.size() + 1);
        boolean placed = false;
        for (RecordedEvent event : events) {
            if (same(event, added)) {
                all.add(event.sequence() <= added.sequence() ? event : added);
                placed = true;
            } else {
                all.add(event);
            }
        }
        if (!placed) {
            all.add(added);
        }
        if (!events.isEmpty()
                && added.sequence() <= events.get(events.size() - 1).sequence()) {
            all.sort(Comparator.comparingLong(RecordedEvent::sequence));
        }
        return new MessageHistory(message, all);
    }

    /** The union of two histories of one message, as two nodes would have to make it. */
    public MessageHistory merge(MessageHistory other) {
        Map<Object, RecordedEvent> all = new HashMap<>();
        for (List<RecordedEvent> some : List.of(events, other.events)) {
            for (RecordedEvent event : some) {
                all.merge(
                        List.of(event.account(), event.event()),
                        event,
                        (one, two) -> one.sequence() <= two.sequence() ? one : two);
            }
        }
        return new MessageHistory(
                message,
                all.values().stream()
                        .sorted(Comparator.comparingLong(RecordedEvent::sequence))
                        .toList());
    }
}
