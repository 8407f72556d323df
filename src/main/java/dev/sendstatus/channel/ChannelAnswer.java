package dev.sendstatus.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The answer of a receiver to one message. */
public sealed interface ChannelAnswer {

    /** In our own words, and maybe those of the receiver; without a secret. */
    String answer();

    /** It was taken. */
    record Taken(String answer) implements ChannelAnswer {}

    /**
     * It was not.
     *
     * @param forGood whether it would not be taken later either
     * @param retryAfter how long the receiver asks to be left alone; null if it does not ask
     */
    record NotTaken(
            String answer, boolean forGood, @Nullable Duration retryAfter) implements ChannelAnswer {}
}
