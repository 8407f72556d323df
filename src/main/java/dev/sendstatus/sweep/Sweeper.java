package dev.sendstatus.sweep;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Flags the messages that have become stuck, and ends the flags of those that are so no longer. A pass may run at any time,
 * be cut short, or run twice: it leaves alone what is done already, and the next pass corrects a flag whose message
 * settled between the reading and the writing. Holds no state; one thread at a time calls it.
 */
public final class Sweeper {
    /** Callbacks wait while flags are written: a backlog after an outage goes in pieces of a few milliseconds each. */
    private static final int FLAGS_PER_TRANSACTION = 1_000;

    private final Store store;
    private final Reads reads;
    private final StuckLimits limits;
    private final InstantSource clock;

    public Sweeper(Store store, Reads reads, StuckSettings settings, InstantSource clock) {
        this.store = store;
        this.reads = reads;
        this.limits = settings.limits();
        this.clock = clock;
    }

    /**
     * The counts of one pass.
     *
     * @param flagged messages newly found stuck, those given up at once among them
     * @param settled flags that ended because a report came after all
     * @param givenUp flags that ended because none came in time
     */
    public record Result(int flagged, int settled, int givenUp) {}

    /** One pass over all accounts. @throws StoreException with what had been written by then staying written */
    public Result sweep() throws StoreException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<StuckFlag> found = found(now);
        write(found);
        // Settled before given up: a message that has its end by now is never called "never reported".
        List<StuckFlag> settled = settled();
        write(settled);
        List<StuckFlag> givenUp = pastGivingUp(now);
        write(givenUp);
        int givenUpAtOnce = (int) found.stream().filter(flag -> !flag.active()).count();
        return new Result(found.size(), settled.size(), givenUpAtOnce + givenUp.size());
    }

    private List<StuckFlag> found(Instant now) throws StoreException {
        List<StuckFlag> flags = new ArrayList<>();
        for (AccountName account : reads.accounts()) {
            Duration threshold = limits.thresholdOf(account);
            for (StoredMessage open : reads.open(account, now.minus(threshold), false)) {
                flags.add(flag(open, threshold, now));
            }
        }
        return flags;
    }

    private StuckFlag flag(StoredMessage message, Duration threshold, Instant now) {
        MessageState state = message.state();
        StuckFlag flag = new StuckFlag(
                state.message(),
                state.account(),
                state.from(),
                state.waitingSince(),
                state.waitingSince().plus(threshold),
                now,
                message.stuckReason(threshold, now),
                null,
                null);
        return isPastGivingUp(flag, now) ? flag.ended(StuckFlag.Ending.NEVER_REPORTED, now) : flag;
    }

    private List<StuckFlag> settled() throws StoreException {
        List<StuckFlag> flags = new ArrayList<>();
        for (StoredMessage message : reads.flaggedButSettled()) {
            StuckFlag flag = message.flag();
            if (flag != null) {
                flags.add(flag.settledBy(message.state()));
            }
        }
        return flags;
    }

    private List<StuckFlag> pastGivingUp(Instant now) throws StoreException {
        List<StuckFlag> flags = new ArrayList<>();
        for (StuckFlag flag : reads.flagsActiveAfter(now)) {
            if (flag.active() && isPastGivingUp(flag, now)) {
                flags.add(flag.ended(StuckFlag.Ending.NEVER_REPORTED, now));
            }
        }
        return flags;
    }

    private boolean isPastGivingUp(StuckFlag flag, Instant now) {
        return !limits.givenUpAt(flag.waitingSince()).isAfter(now);
    }

    private void write(List<StuckFlag> flags) throws StoreException {
        for (int from = 0; from < flags.size(); from += FLAGS_PER_TRANSACTION) {
            store.flag(flags.subList(from, Math.min(flags.size(), from + FLAGS_PER_TRANSACTION)));
        }
    }
}
