package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The result of counting some messages of an account.
 *
 * @param account whose messages they are
 * @param what they were counted for
 * @param from the number of the message after which they come
 * @param to the number of the last of them
 * @param changed batches that are new or have grown
 * @param left what has left the recent batches, for good
 * @param receiptTimes how many final reports took at most so long, and longer than the next shorter time, by the day since 1970
 */
public record CountedOutcomes(
        AccountName account,
        What what,
        long from,
        long to,
        Map<OutcomeKey, List<OutcomeSeries.Batch>> changed,
        Map<OutcomeKey, List<OutcomeSeries.Batch>> left,
        Map<Long, Map<Duration, Long>> receiptTimes) {

    public CountedOutcomes {
        changed = Map.copyOf(changed);
        left = Map.copyOf(left);
        receiptTimes = Map.copyOf(receiptTimes);
    }

    /** The purpose of a count. Each has its own age at which messages are counted. */
    public enum What {
        OUTCOMES,
        LATE,
        RECEIPT_TIMES
    }
}
