package dev.sendstatus.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account that nothing comes for is silent, or merely has nothing to say. The rule, and why it is so, stands in
 * {@code docs/silence.md}.
 *
 * @param since when the last callback came; null if none ever did
 * @param seconds how long ago that is; null if none ever did
 * @param basis what the judgement rests on
 * @param expected with {@link Basis#UNUSUAL} and {@link Basis#USUAL}, how many callbacks came in the same hours of the weeks
 *     before, in the poorest of them; else 0
 * @param unanswered messages sent since then that nothing came for
 */
public record Silence(@Nullable Instant since, @Nullable Long seconds, Basis basis, long expected, long unanswered) {
    /** Nobody is told of less: providers deliver in bursts, and a receipt takes minutes. */
    public static final Duration PATIENCE = Duration.ofMinutes(30);

    /** So many sends without a word are no accident; a single one may wait two hours for its receipt (Bandwidth 9902). */
    static final long UNANSWERED_AT_LEAST = 5;

    /** So many callbacks in the same hours of every week that is compared with. */
    static final long EXPECTED_AT_LEAST = 10;

    /** One week may have been a campaign's; two that agree are a habit. */
    static final int WEEKS_AT_LEAST = 2;

    static final int WEEKS_AT_MOST = 4;

    /** The time that a judgement looks back on, in hours before the last callback. Older counts are not worth keeping. */
    public static final long HOURS_KEPT = (WEEKS_AT_MOST + 1) * 7 * 24;

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration COMPARED_AT_MOST = Duration.ofDays(1);
    private static final long HOUR_SECONDS = 3_600;

    /** The kind of evidence that a judgement rests on. */
    public enum Basis {
        /** Nothing ever came, and not enough sends are known that should have been reported. */
        NEVER_HEARD(false),
        /** Something came within {@link #PATIENCE}. */
        RECENT(false),
        /** Nothing comes, and in one of the last weeks hardly anything came in these hours either. */
        USUAL(false),
        /** Nothing comes, and there are too few weeks to compare with. */
        NOTHING_TO_COMPARE(false),
        /** Nothing comes, while callbacks came in the same hours of every week that is remembered. */
        UNUSUAL(true),
        /** Messages were sent since the last callback, and not one of them was reported. */
        SENDS_UNANSWERED(true);

        private final boolean silent;

        Basis(boolean silent) {
            this.silent = silent;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The known callbacks of an account.
     *
     * @param lastCallbackAt null if none ever came
     * @param callbacks how many came, by hour since 1970; an hour without any is absent
     * @param unanswered open messages that were sent after the last callback and {@link #PATIENCE} ago or longer
     */
    public record History(@Nullable Instant lastCallbackAt, Map<Long, Long> callbacks, long unanswered) {
        public History {
            callbacks = Map.copyOf(callbacks);
        }
    }

    /** Whether something is wrong. */
    public boolean silent() {
        return basis.silent;
    }

    public static Silence judge(History history, Instant now) {
        Instant last = history.lastCallbackAt();
        boolean unanswered = history.unanswered() >= UNANSWERED_AT_LEAST;
        if (last == null) {
            Basis basis = unanswered ? Basis.SENDS_UNANSWERED : Basis.NEVER_HEARD;
            return new Silence(null, null, basis, 0, history.unanswered());
        }
        long seconds = Math.max(0, Duration.between(last, now).toSeconds());
        if (seconds < PATIENCE.toSeconds()) {
            return new Silence(last, seconds, Basis.RECENT, 0, history.unanswered());
        }
        Long expected = poorestWeek(history, last, now);
        Basis basis = Basis.NOTHING_TO_COMPARE;
        if (expected != null && expected >= EXPECTED_AT_LEAST) {
            basis = Basis.UNUSUAL;
        } else if (unanswered) {
            basis = Basis.SENDS_UNANSWERED;
        } else if (expected != null) {
            basis = Basis.USUAL;
        }
        return new Silence(last, seconds, basis, expected == null ? 0 : expected, history.unanswered());
    }

    /**
     * How many callbacks came in the same stretch of the week, in that of the last weeks in which the fewest did; null where
     * fewer weeks are remembered than make a habit. The fewest, not the mean: a campaign once a month is no habit.
     */
    private static @Nullable Long poorestWeek(History history, Instant last, Instant now) {
        Instant end = last.plus(COMPARED_AT_MOST).isBefore(now) ? last.plus(COMPARED_AT_MOST) : now;
        long firstHour = history.callbacks().keySet().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(Long.MAX_VALUE);
        Long poorest = null;
        for (int weeks = 1; weeks <= WEEKS_AT_MOST; weeks++) {
            Instant from = last.minus(WEEK.multipliedBy(weeks));
            if (Math.floorDiv(from.getEpochSecond(), HOUR_SECONDS) < firstHour) {
                return weeks > WEEKS_AT_LEAST ? poorest : null;
            }
            long callbacks = between(history.callbacks(), from, end.minus(WEEK.multipliedBy(weeks)));
            poorest = poorest == null ? callbacks : Math.min(poorest, callbacks);
        }
        return poorest;
    }

    /** An hour that is only partly within counts for that part. */
    private static long between(Map<Long, Long> callbacks, Instant from, Instant end) {
        double sum = 0;
        for (long hour = Math.floorDiv(from.getEpochSecond(), HOUR_SECONDS);
                hour * HOUR_SECONDS < end.getEpochSecond();
                hour++) {
            long start = Math.max(from.getEpochSecond(), hour * HOUR_SECONDS);
            long stop = Math.min(end.getEpochSecond(), (hour + 1) * HOUR_SECONDS);
            sum += callbacks.getOrDefault(hour, 0L) * (double) (stop - start) / HOUR_SECONDS;
        }
        return (long) sum;
    }

    /** For a person, one line without the time, which each place writes in its own way. */
    public String text() {
        return switch (basis) {
            case NEVER_HEARD -> "nothing ever came";
            case RECENT -> "heard of lately";
            case USUAL -> "little came in these hours of the weeks before either";
            case NOTHING_TO_COMPARE -> "too few weeks are known to say whether that is usual";
            case UNUSUAL -> "in the same hours of each week before, at least " + expected + " callbacks came";
            case SENDS_UNANSWERED -> unanswered + " messages were sent since, and none was reported";
        };
    }
}
