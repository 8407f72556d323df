package dev.sendstatus.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of sending a message. */
public sealed interface Outcome {

    /** In our own words, and maybe those of the receiver; without a secret. */
    String answer();

    /** It was taken. */
    record Taken(String answer) implements Outcome {}

    /**
     * It was not.
     *
     * @param forGood whether it would not be taken later either
     * @param retryAfter how long the receiver asks to be left alone; null if it does not ask
     */
    record NotTaken(
            String answer, boolean forGood, @Nullable Duration retryAfter) implements Outcome {}
}
