package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message, as statistics need it.
 *
 * @param hour since 1970, in which it was first heard of
 * @param progress of the recipient that got least far
 * @param segments 0 if unknown
 * @param latencyMillis from being sent to its end; -1 if that is not known
 * @param waitingSinceMillis since when it waits for an end; -1 if it is not open
 * @param values what it has of the dimension, each once: an hour or a day by its first moment; empty if it has none
 * @param outcomes of its recipients; only of a message that failed, or is unconfirmed
 */
public record CountedMessage(
        AccountName account,
        long hour,
        boolean inbound,
        Progress progress,
        int segments,
        @Nullable Cost cost,
        long latencyMillis,
        long waitingSinceMillis,
        List<String> values,
        List<Outcome> outcomes) {

    public Provider provider() {
        return account.provider();
    }

    /** The outcome for one recipient. @param to null while nobody has been named */
    public record Outcome(
            Progress progress,
            String providerStatus,
            @Nullable String errorCode,
            @Nullable Recipient to) {}

    /**
     * Is told of each.
     *
     * @param <E> what it may throw to end the counting
     */
    @FunctionalInterface
    public interface Counter<E extends Exception> {
        void count(CountedMessage message) throws E;
    }
}
