package dev.sendstatus.provider;

import dev.sendstatus.event.DeliveryEvent;
import java.util.List;

/** The content of an authentic request. */
public sealed interface Parsed {

    /**
     * The ids of the messages that are named by the parts that were not understood, as far as they can be told. Of such a message it can
     * be said that its callback came, and could not be read.
     */
    default List<String> unread() {
        return List.of();
    }

    /**
     * Statements about messages.
     *
     * @param events at least one, in the request's order
     * @param notUnderstood why each part of the request that is none could not be read; the callback is quarantined unless
     *     it is empty. Never holds a message text.
     */
    record Events(List<DeliveryEvent> events, List<String> notUnderstood, List<String> unread) implements Parsed {
        public Events {
            events = List.copyOf(events);
            notUnderstood = List.copyOf(notUnderstood);
            unread = List.copyOf(unread);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("without an event it is Ignored or NotUnderstood");
            }
        }

        public Events(List<DeliveryEvent> events) {
            this(events, List.of(), List.of());
        }
    }

    /** Known, and of no interest for the state of a message: kept raw, nothing else. */
    record Ignored(String why) implements Parsed {}

    /** Authentic, but not a payload, event type or status known here: kept raw, in quarantine. */
    record NotUnderstood(String why, List<String> unread) implements Parsed {
        public NotUnderstood {
            unread = List.copyOf(unread);
        }

        public NotUnderstood(String why) {
            this(why, List.of());
        }
    }
}
