package dev.sendstatus.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of several registrations of one message counts. The second one that says something else is refused before it is stored;
 * two programs that write to one database at the same moment can still store both. Then the stronger by {@link EventOrder}
 * counts, whole, with all its recipients, and the other for nothing: neither order of arrival nor number of nodes decides, and
 * no recipient is shown that only the other names. Both stay in the history.
 */
public final class Registrations {
    private Registrations() {}

    /** The events of the registration that counts, one for each recipient; empty if the message was never registered. */
    public static List<RecordedEvent> counting(MessageHistory history) {
        List<RecordedEvent> registered = new ArrayList<>();
        for (RecordedEvent event : history.events()) {
            if (event.event().registration() != null) {
                registered.add(event);
            }
        }
        registered.sort(EventOrder.STRONGEST_FIRST);
        return withoutContradicting(registered);
    }

    /** Those that count: all but the events of registrations other than the strongest. */
    static List<RecordedEvent> withoutContradicting(List<RecordedEvent> strongestFirst) {
        RecordedEvent counts = null;
        List<RecordedEvent> counting = new ArrayList<>(strongestFirst.size());
        for (RecordedEvent event : strongestFirst) {
            boolean registration = event.event().registration() != null;
            if (registration && counts == null) {
                counts = event;
            }
            if (!registration || counts == null || sameRegistration(counts, event)) {
                counting.add(event);
            }
        }
        return counting;
    }

    /** Whether two events say the same but for the recipient that each speaks of. */
    private static boolean sameRegistration(RecordedEvent one, RecordedEvent other) {
        return one.account().equals(other.account())
                && one.event().speakingOf(null).equals(other.event().speakingOf(null));
    }
}
