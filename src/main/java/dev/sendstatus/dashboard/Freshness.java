package dev.sendstatus.dashboard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How old the figures of a page are.
 *
 * @param counted when they were counted; null if the first count is under way, and the page has none
 * @param again whether they are being counted anew
 */
public record Freshness(@Nullable Moment counted, boolean again) {

    static Freshness of(Recent.@Nullable Counted<?> count, Instant now) {
        return count == null ? new Freshness(null, true) : new Freshness(Moment.of(count.at(), now), count.again());
    }

    /** Of figures of which both are shown, by the age of the first. */
    Freshness and(boolean otherAgain) {
        return new Freshness(counted, again || otherAgain);
    }

    /** Whether there is nothing to show yet. */
    public boolean waits() {
        return counted == null;
    }

    /** The event with which the figures are asked for anew. @param otherwise while they are fresh; null for none */
    public @Nullable String trigger(@Nullable String otherwise) {
        return again ? "live from:body" : otherwise;
    }
}
