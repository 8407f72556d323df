package dev.sendstatus.state;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which registration of a message counts.
 *
 * <p>Of several that contradict each other one does. The second one that says something else is refused before it is stored;
 * two programs that write to one database at the same moment can still store both. Then the stronger by {@link EventOrder}
 * counts, whole, with all its recipients, and the other for nothing: neither order of arrival nor number of nodes decides, and
 * no recipient is shown that only the other names.
 *
 * <p>A registration that was taken back counts for nothing either. Registrations have rounds: a withdrawal names one, and with it
 * go all registrations of that round and of those before. A later registration belongs to the next round, and so is another
 * event even if it says the same as before. Again no order of arrival decides. All of them stay in the history.
 */
public final class Registrations {
    /** The word that a history shows for a withdrawal in the place of a provider's status. */
    private static final String WITHDRAWN = "withdrawn";

    private static final int FIRST_ROUND = 1;

    private Registrations() {}

    /** The events of the registration that counts, one for each recipient; empty if the message is not registered. */
    public static List<RecordedEvent> counting(MessageHistory history) {
        List<RecordedEvent> registered = new ArrayList<>(history.events());
        registered.sort(EventOrder.STRONGEST_FIRST);
        registered = new ArrayList<>(counting(registered));
        registered.removeIf(event -> event.event().registration() == null);
        return registered;
    }

    /** Whether the provider itself ever spoke of the message. */
    public static boolean namedByProvider(MessageHistory history) {
        return history.events().stream()
                .map(RecordedEvent::event)
                .anyMatch(event -> event.registration() == null && !isWithdrawal(event));
    }

    /** Takes all registrations of a message back. It names no recipient, and says nothing else. */
    public static DeliveryEvent withdrawal(MessageHistory history) {
        MessageKey message = history.message();
        return DeliveryEvent.of(message, Direction.OUTBOUND, Progress.REGISTERED, WITHDRAWN)
                .detail(Integer.toString(withdrawn(history.events()) + 1))
                .build();
    }

    /** The number that sets a registration which is made now apart from those that were taken back; null if none was. */
    public static @Nullable String round(MessageHistory history) {
        int withdrawn = withdrawn(history.events());
        return withdrawn < FIRST_ROUND ? null : Integer.toString(withdrawn + 1);
    }

    /** Those that count: all but withdrawals, the registrations that these take back, and registrations other than the strongest. */
    static List<RecordedEvent> counting(List<RecordedEvent> strongestFirst) {
        int withdrawn = withdrawn(strongestFirst);
        RecordedEvent counts = null;
        List<RecordedEvent> counting = new ArrayList<>(strongestFirst.size());
        for (RecordedEvent event : strongestFirst) {
            boolean registration = event.event().registration() != null;
            if (isWithdrawal(event.event()) || registration && round(event.event()) <= withdrawn) {
                continue;
            }
            if (registration && counts == null) {
                counts = event;
            }
            if (!registration || counts == null || sameRegistration(counts, event)) {
                counting.add(event);
            }
        }
        return counting;
    }

    /** The last round that was taken back; none is 0. */
    private static int withdrawn(List<RecordedEvent> events) {
        int withdrawn = 0;
        for (RecordedEvent event : events) {
            if (isWithdrawal(event.event())) {
                withdrawn = Math.max(withdrawn, round(event.event()));
            }
        }
        return withdrawn;
    }

    private static boolean isWithdrawal(DeliveryEvent event) {
        return event.registration() == null
                && event.progress() == Progress.REGISTERED
                && event.providerStatus().equals(WITHDRAWN);
    }

    private static int round(DeliveryEvent event) {
        return event.detail() == null ? FIRST_ROUND : Integer.parseInt(event.detail());
    }

    /** Whether two events say the same but for the recipient that each speaks of. */
    private static boolean sameRegistration(RecordedEvent one, RecordedEvent other) {
        return one.account().equals(other.account())
                && one.event().speakingOf(null).equals(other.event().speakingOf(null));
    }
}
