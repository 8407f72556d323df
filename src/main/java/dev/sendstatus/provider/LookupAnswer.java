package dev.sendstatus.provider;

import dev.sendstatus.event.DeliveryEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A provider's answer to a look-up. No text in here holds a secret or a message. */
public sealed interface LookupAnswer {

    /** For how long the provider wants to be left alone from now on; zero if it did not say. */
    default Duration pause() {
        return Duration.ZERO;
    }

    /** Each answer's word for a metric. */
    Map<Class<? extends LookupAnswer>, String> WORDS = Map.of(
            Found.class, "found",
            Missing.class, "not_found",
            TooMany.class, "too_many_to_list",
            Busy.class, "rate_limited",
            Failed.class, "failed",
            Refused.class, "refused",
            Rejected.class, "rejected");

    default String word() {
        return Objects.requireNonNull(WORDS.get(getClass()));
    }

    /**
     * It knows.
     *
     * @param events its statements about each message and recipient; of a list, perhaps none
     * @param notUnderstood why parts of the answer could not be read
     * @param rows how many entries the answer has, whether they could be read or not: {@code total} counts the same
     * @param next the name of the page that follows; null if there is none
     * @param total how many entries the whole list has; -1 where it does not say, and with a single message
     */
    record Found(
            List<DeliveryEvent> events,
            List<String> notUnderstood,
            int rows,
            @Nullable String next,
            long total,
            Duration pause)
            implements LookupAnswer {
        public static final long TOTAL_UNKNOWN = -1;

        public Found {
            events = List.copyOf(events);
            notUnderstood = List.copyOf(notUnderstood);
        }

        /** Of a single message. */
        public Found(List<DeliveryEvent> events, List<String> notUnderstood, Duration pause) {
            this(events, notUnderstood, 1, null, TOTAL_UNKNOWN, pause);
        }
    }

    /** It has no message of that id: erased, too old, or another account's. */
    record Missing(Duration pause) implements LookupAnswer {}

    /** More messages than the provider lists at all: ask for less time. @param total how many there are; -1 if it does not say */
    record TooMany(long total) implements LookupAnswer {}

    /** Too many calls. The question was not considered and may be asked again. */
    record Busy(Duration pause) implements LookupAnswer {}

    /** Its fault, or the network's: the same question may be answered another time. */
    record Failed(String why, Duration pause) implements LookupAnswer {}

    /** The credentials are not accepted. No other question will be. */
    record Refused(String why) implements LookupAnswer {}

    /** It will never answer this question. */
    record Rejected(String why) implements LookupAnswer {}
}
