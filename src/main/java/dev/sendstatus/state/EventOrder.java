package dev.sendstatus.state;

import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Progress;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which of two statements is the stronger. Total over everything that an event says and blind to its arrival, so that every
 * node and every order of arrival chooses the same one.
 */
final class EventOrder {

    /**
     * The farthest progress; of errors one that has a code; then the later by the provider's own time (none is earliest); then
     * the greater code; the rest only breaks ties.
     */
    static final Comparator<RecordedEvent> STRENGTH = Comparator.<RecordedEvent, Progress>comparing(
                    recorded -> recorded.event().progress())
            .thenComparing(recorded -> hasDecisiveCode(recorded.event()))
            .thenComparing(nullable(RecordedEvent::occurredAt))
            .thenComparing(RecordedEvent::event, byWhatItSays())
            .thenComparing(RecordedEvent::account);

    static final Comparator<RecordedEvent> STRONGEST_FIRST = STRENGTH.reversed();

    private EventOrder() {}

    private static Comparator<DeliveryEvent> byWhatItSays() {
        return EventOrder.<DeliveryEvent, String>nullable(DeliveryEvent::errorCode, EventOrder::compareCodes)
                .thenComparing(DeliveryEvent::providerStatus)
                .thenComparing(nullable(DeliveryEvent::detail))
                .thenComparing(nullable(DeliveryEvent::carrier))
                .thenComparing(nullable(DeliveryEvent::sentAt))
                .thenComparing(DeliveryEvent::segments)
                .thenComparing(nullable(DeliveryEvent::cost, EventOrder::compareCosts))
                .thenComparing(nullable(DeliveryEvent::from))
                .thenComparing(nullable(DeliveryEvent::eventId))
                .thenComparing(nullable(DeliveryEvent::recipient))
                .thenComparing(DeliveryEvent::direction)
                .thenComparing(nullable(DeliveryEvent::registration))
                // Also where it cannot be, so that of two events one is always the stronger.
                .thenComparing(nullable(DeliveryEvent::occurredAt));
    }

    private static boolean hasDecisiveCode(DeliveryEvent event) {
        return event.errorCode() != null
                && (event.progress() == Progress.FAILED || event.progress() == Progress.UNCONFIRMED);
    }

    /** Numbers as numbers, so that 995 is less than 4470; anything else as text. */
    static int compareCodes(String one, String two) {
        if (isNumber(one) && isNumber(two)) {
            int byLength = Integer.compare(one.length(), two.length());
            return byLength != 0 ? byLength : one.compareTo(two);
        }
        return one.compareTo(two);
    }

    private static boolean isNumber(String code) {
        return !code.isEmpty() && code.chars().allMatch(c -> c >= '0' && c <= '9') && code.charAt(0) != '0';
    }

    private static int compareCosts(Cost one, Cost two) {
        int byAmount = one.amount().compareTo(two.amount());
        if (byAmount != 0) {
            return byAmount;
        }
        int byScale = Integer.compare(one.amount().scale(), two.amount().scale());
        return byScale != 0 ? byScale : one.currency().compareTo(two.currency());
    }

    private static <E, T extends Comparable<? super T>> Comparator<E> nullable(Function<E, @Nullable T> part) {
        return nullable(part, Comparator.<T>naturalOrder());
    }

    private static <E, T> Comparator<E> nullable(Function<E, @Nullable T> part, Comparator<? super T> order) {
        return (one, two) -> {
            T first = part.apply(one);
            T second = part.apply(two);
            if (first == null || second == null) {
                return Boolean.compare(first != null, second != null);
            }
            return order.compare(first, second);
        };
    }

    /** The provider's time of an event, else when it came. */
    static Instant when(RecordedEvent event) {
        Instant own = event.occurredAt();
        return own == null ? event.receivedAt() : own;
    }
}
