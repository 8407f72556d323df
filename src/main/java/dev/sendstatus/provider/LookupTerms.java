package dev.sendstatus.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a provider's API: the questions that it can answer, and how many at once.
 *
 * @param pageSize how many messages a page of a list has at the most
 * @param oneWithin how long after it was sent a message is found by its id; null if no limit is known
 * @param listWithin how long after they were sent messages are listed; null if no limit is known
 * @param atOnce how many calls may be under way at the same time
 */
public record LookupTerms(
        int pageSize,
        @Nullable Duration oneWithin,
        @Nullable Duration listWithin,
        int atOnce) {
    public LookupTerms {
        if (pageSize < 1 || atOnce < 1) {
            throw new IllegalArgumentException("a page has a message and a call is made: " + pageSize + ", " + atOnce);
        }
    }
}
