package dev.sendstatus.reconcile;

import dev.sendstatus.provider.LookupAnswer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls one account's provider politely: few at a time, and fewer after each "too many"; as late as it asks; a failure is tried
 * again some times, with longer and longer waits. If all tries fail, it stops. For one run; safe for use by several threads.
 */
final class CallLimiter {
    private static final int TRIES = 4;
    private static final int BUSY_TRIES = 8;
    /** After so many questions in a row that failed on every try, the provider is down: hours of timeouts help nobody. */
    private static final int FAILURES_IN_A_ROW = 5;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    /** Longer than any pause that is documented (300 s); a provider that asks for more is asked at the next run. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Sleeper pace;
    private final Consumer<LookupAnswer> counted;
    private final Semaphore calls;
    private final AtomicInteger atOnce;
    private final AtomicLong made = new AtomicLong();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    // Guarded by this.
    private long notBefore;
    private volatile @Nullable String stopped;
    private volatile boolean refused;

    /** @param counted hears of every call's answer, from any thread */
    CallLimiter(int atOnce, Sleeper pace, Consumer<LookupAnswer> counted) {
        this.pace = pace;
        this.counted = counted;
        this.calls = new Semaphore(atOnce, true);
        this.atOnce = new AtomicInteger(atOnce);
        this.notBefore = pace.nanoTime();
    }

    /** Why no more is asked; null as long as it is. */
    @Nullable
    String stopped() {
        return stopped;
    }

    /** Whether it stopped because the provider does not accept the credentials. */
    boolean refused() {
        return refused;
    }

    long made() {
        return made.get();
    }

    /** The provider's last word on that question; null if no more is asked. */
    @Nullable
    LookupAnswer ask(Supplier<LookupAnswer> question) throws InterruptedException {
        int failures = 0;
        int busy = 0;
        while (true) {
            LookupAnswer answer = call(question);
            if (answer == null) {
                return null;
            }
            if (answer instanceof LookupAnswer.Busy) {
                busy++;
                slower(answer.pause().isZero() ? backoff(busy) : answer.pause());
                if (busy >= BUSY_TRIES) {
                    stop("it answered \"too many requests\" " + busy + " times, whatever the wait: run it again later");
                }
            } else if (answer instanceof LookupAnswer.Failed failed) {
                failures++;
                if (failures >= TRIES) {
                    gaveUp(failed);
                    return answer;
                }
                pace.sleep(backoff(failures));
            } else {
                failuresInARow.set(0);
                if (answer instanceof LookupAnswer.Refused refusal) {
                    refused = true;
                    stop(refusal.why());
                }
                return answer;
            }
        }
    }

    private @Nullable LookupAnswer call(Supplier<LookupAnswer> question) throws InterruptedException {
        calls.acquire();
        try {
            pace.sleep(untilItsTurn());
            if (stopped != null) {
                return null;
            }
            made.incrementAndGet();
            LookupAnswer answer = question.get();
            counted.accept(answer);
            leaveAlone(answer.pause());
            return answer;
        } finally {
            calls.release();
        }
    }

    private synchronized Duration untilItsTurn() {
        return Duration.ofNanos(Math.max(0, notBefore - pace.nanoTime()));
    }

    private void leaveAlone(Duration pause) {
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            stop("it asks to be left alone for " + pause + ": run it again after that");
            return;
        }
        synchronized (this) {
            notBefore = Math.max(notBefore, pace.nanoTime() + pause.toNanos());
        }
    }

    /** Everybody waits, and from then on one fewer calls at the same time. */
    private void slower(Duration pause) {
        leaveAlone(pause);
        if (atOnce.get() > 1 && calls.tryAcquire()) {
            atOnce.decrementAndGet();
        }
    }

    private void gaveUp(LookupAnswer.Failed last) {
        if (failuresInARow.incrementAndGet() >= FAILURES_IN_A_ROW) {
            stop(FAILURES_IN_A_ROW + " questions in a row failed on each of " + TRIES + " tries; the last time, "
                    + last.why());
        }
    }

    private void stop(String why) {
        if (stopped == null) {
            stopped = why;
        }
    }

    /** Twice as long each time, and by chance a part of that, so that those who failed together do not return together. */
    private static Duration backoff(int times) {
        Duration longest = FIRST_WAIT.multipliedBy(1L << Math.min(times - 1, 10));
        Duration capped = longest.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : longest;
        return capped.dividedBy(2).plusMillis(ThreadLocalRandom.current().nextLong(capped.toMillis() / 2 + 1));
    }
}
