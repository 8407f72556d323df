package dev.sendstatus.relay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The waits between two tries. */
final class Schedule {
    /** After the first failure, the second, … After the last one there is no further try. */
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final double SCATTER = 0.2;
    private static final Duration FIRST_PROBE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PROBE = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 10;

    private Schedule() {}

    /**
     * How long a delivery waits after a failure.
     *
     * @param attempts how often it was tried by now
     * @param asked for how long the receiver asks to be left alone; null if it does not ask
     * @return null if it is not tried again
     */
    static @Nullable Duration afterFailure(int attempts, @Nullable Duration asked) {
        if (attempts > STEPS.size()) {
            return null;
        }
        Duration step = STEPS.get(attempts - 1);
        double scatter = ThreadLocalRandom.current().nextDouble(1 - SCATTER, 1 + SCATTER);
        return longer(Duration.ofMillis((long) (step.toMillis() * scatter)), asked, step);
    }

    /** How long an endpoint that fails is left alone. @param failed how many probes failed in a row */
    static Duration afterProbe(int failed, @Nullable Duration asked) {
        Duration doubled = FIRST_PROBE.multipliedBy(1L << Math.min(failed, MOST_DOUBLINGS));
        Duration step = doubled.compareTo(LONGEST_PROBE) < 0 ? doubled : LONGEST_PROBE;
        return longer(step, asked, step);
    }

    /** The receiver's wish is obeyed up to twice the step. */
    private static Duration longer(Duration wait, @Nullable Duration asked, Duration step) {
        Duration most = step.multipliedBy(2);
        Duration obeyed = asked == null ? wait : asked.compareTo(most) < 0 ? asked : most;
        return obeyed.compareTo(wait) > 0 ? obeyed : wait;
    }
}
