package dev.sendstatus.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The time in which messages were sent.
 *
 * @param from the earliest, to the millisecond
 * @param to later than all of them
 * @param inboundToo whether messages that came in are asked for as well
 */
public record LookupWindow(Instant from, Instant to, boolean inboundToo) {
    public LookupWindow {
        from = from.truncatedTo(ChronoUnit.MILLIS);
        to = to.truncatedTo(ChronoUnit.MILLIS);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a window ends after it begins, not from " + from + " to " + to);
        }
    }

    /** Its two halves; empty where it is too short to be cut. */
    public List<LookupWindow> halves() {
        Duration half = Duration.between(from, to).dividedBy(2).truncatedTo(ChronoUnit.SECONDS);
        if (half.isZero()) {
            return List.of();
        }
        Instant middle = from.plus(half);
        return List.of(new LookupWindow(from, middle, inboundToo), new LookupWindow(middle, to, inboundToo));
    }
}
