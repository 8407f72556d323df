package dev.sendstatus.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of a request. */
public sealed interface PushAnswer {

    /**
     * The receiver answered.
     *
     * @param retryAfter how long it asks to be left alone; null if it does not ask
     * @param excerpt how its answer begins, on one line; empty after a success
     */
    record Answered(int status, @Nullable Duration retryAfter, String excerpt) implements PushAnswer {
        public boolean success() {
            return status / 100 == 2;
        }
    }

    /** It did not. @param why in our own words */
    record Lost(String why) implements PushAnswer {}
}
