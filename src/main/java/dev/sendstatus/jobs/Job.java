package dev.sendstatus.jobs;

import dev.sendstatus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * A background job: its work and its times.
 *
 * @param name the same on all nodes and in all versions: the row in the table has it, and the log and the metrics say it
 * @param interval the longest time from the end of one turn to the next
 * @param nextTurn from the end of a turn to the next, {@code interval} later at most
 * @param afterStart how long a start of a node waits before a turn that is due already
 * @param atEveryStart whether a start of a node brings the next turn forward
 */
public record Job(
        String name,
        Duration interval,
        UnaryOperator<Instant> nextTurn,
        Duration afterStart,
        boolean atEveryStart,
        Body body) {
    /** A failure is most often short: a job that runs once an hour or once a day must not wait that long. */
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    public Job {
        if (interval.isNegative() || interval.isZero() || afterStart.isNegative()) {
            throw new IllegalArgumentException("the job " + name + " has the interval " + interval + " and waits "
                    + afterStart + " after a start: the first must be more than zero, the second zero or more");
        }
    }

    /** That long after each turn, and at every start of a node. */
    public static Job every(Duration interval, String name, Body body) {
        return new Job(name, interval, end -> end.plus(interval), Duration.ZERO, true, body);
    }

    /** The same for a job that is a burden: a start does not bring it forward, and puts it off by {@code afterStart} if it is due. */
    public Job seldom(Duration pause) {
        return new Job(name, interval, nextTurn, pause, false, body);
    }

    /** The same, with turns at those times as well, if they come before the interval is over. */
    public Job alsoAt(UnaryOperator<Instant> nextTime) {
        return new Job(
                name,
                interval,
                end -> earlier(nextTurn.apply(end), nextTime.apply(end)),
                afterStart,
                atEveryStart,
                body);
    }

    Instant next(Instant end) {
        return nextTurn.apply(end);
    }

    Instant retry(Instant failedAt) {
        return earlier(next(failedAt), failedAt.plus(LONGEST_RETRY));
    }

    /** The time of the first turn of a job that no node knew before. */
    Instant first(Instant start) {
        return start.plus(afterStart);
    }

    /** The time of the next turn as a start plans it. An interval that was shortened since then is obeyed at once. */
    Instant atStart(Instant start, Instant planned) {
        Instant latest = atEveryStart ? start : next(start);
        Instant notTooLate = earlier(planned, latest);
        Instant earliest = start.plus(afterStart);
        return !afterStart.isZero() && notTooLate.isBefore(earliest) ? earliest : notTooLate;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * One turn of a job. It may be cut short at any point and run again, on this node or another, and in rare cases (a node whose
     * heartbeats could not be written for a minute) on two at once: a second time must do no harm.
     */
    @FunctionalInterface
    public interface Body {
        /**
         * @throws StoreException if it failed; it is logged, counted, and tried again
         * @throws InterruptedException if the stop of this node cut it short: another node goes on at once
         */
        void run() throws StoreException, InterruptedException;
    }
}
