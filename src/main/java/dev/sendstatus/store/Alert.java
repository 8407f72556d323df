package dev.sendstatus.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault that is there, or was.
 *
 * @param id never given twice
 * @param rule its word: {@code spam_filter}
 * @param key its subject: {@code twilio/main}, {@code twilio/main campaign=vote}
 * @param since when it was first seen
 * @param firedAt null until it fires
 * @param resolvedAt null until it ends
 * @param value a share from 0 to 1, or a count; null where there is no number
 * @param usual the usual value; null where none is known or none exists
 * @param messages of how many the value is a share; null if it is none
 * @param parts its greatest parts, the greatest first
 * @param text the fault, for a person
 * @param silencedUntil until then nobody is told; null if a person never said so
 * @param comment why, in that person's words
 * @param calmSince since when it has not been seen any more; null while it is seen
 * @param toldAt when people were last told; null if they never were
 */
public record Alert(
        long id,
        String rule,
        String key,
        State state,
        Severity severity,
        Instant since,
        @Nullable Instant firedAt,
        @Nullable Instant resolvedAt,
        @Nullable Double value,
        @Nullable Double usual,
        @Nullable Long messages,
        List<String> parts,
        String text,
        String advice,
        @Nullable Instant silencedUntil,
        @Nullable String comment,
        @Nullable Instant calmSince,
        @Nullable Instant toldAt) {

    public Alert {
        parts = List.copyOf(parts);
    }

    /** The stage of its life. */
    public enum State {
        /** Seen, and not sure enough to be told. */
        PENDING,
        FIRING,
        RESOLVED
    }

    /** The same in another state since then; nothing else of it changes. */
    public Alert in(State next, Instant at) {
        return with(
                next, next == State.FIRING ? at : firedAt, next == State.RESOLVED ? at : resolvedAt, calmSince, toldAt);
    }

    /** The same, not seen any more since then. */
    public Alert calmSince(Instant at) {
        return with(state, firedAt, resolvedAt, at, toldAt);
    }

    /** The same, last told then. */
    public Alert toldAt(Instant at) {
        return with(state, firedAt, resolvedAt, calmSince, at);
    }

    private Alert with(
            State next,
            @Nullable Instant fired,
            @Nullable Instant resolved,
            @Nullable Instant calm,
            @Nullable Instant told) {
        return new Alert(
                id,
                rule,
                key,
                next,
                severity,
                since,
                fired,
                resolved,
                value,
                usual,
                messages,
                parts,
                text,
                advice,
                silencedUntil,
                comment,
                calm,
                told);
    }

    /** Whether people are not to be told at that moment. */
    public boolean silenced(Instant now) {
        return silencedUntil != null && silencedUntil.isAfter(now);
    }
}
