package dev.sendstatus.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * The ways out of a part of a list.
 *
 * @param first null on the first part
 * @param next null on the last one
 */
public record Pager(@Nullable String first, @Nullable String next, String nextWord) {
    static final String CURSOR = "cursor";

    /** @param list without a cursor @param cursor of this part @param next of the one after it */
    static Pager of(Place list, @Nullable String cursor, @Nullable String next, String nextWord) {
        return new Pager(
                cursor == null ? null : list.url(),
                next == null ? null : list.with(CURSOR, next).url(),
                nextWord);
    }
}
