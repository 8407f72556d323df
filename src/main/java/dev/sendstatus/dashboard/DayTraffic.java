package dev.sendstatus.dashboard;

import dev.sendstatus.state.Silence;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** How many callbacks came today, and on the same days of the weeks before by the same time. A day is one in UTC. One thread. */
final class DayTraffic {
    private static final int WEEKS = 4;
    private static final long HOUR_SECONDS = 3_600;

    private final Instant now;
    private final Instant midnight;
    /** Today's first, then those of one week ago, of two, … */
    private final double[] callbacks = new double[WEEKS + 1];

    private long firstHour = Long.MAX_VALUE;

    DayTraffic(Instant now) {
        this.now = now;
        this.midnight = now.truncatedTo(ChronoUnit.DAYS);
    }

    void add(Silence.History history) {
        for (Map.Entry<Long, Long> hour : history.callbacks().entrySet()) {
            firstHour = Math.min(firstHour, hour.getKey());
            for (int week = 0; week <= WEEKS; week++) {
                callbacks[week] += hour.getValue() * share(hour.getKey(), Duration.ofDays(7L * week));
            }
        }
    }

    /** How much of an hour lies between the beginning of that day and this time of it. */
    private double share(long hour, Duration before) {
        long from = midnight.minus(before).getEpochSecond();
        // Of the hour that has only begun, all that came is today's.
        long until = before.isZero() ? Long.MAX_VALUE : now.minus(before).getEpochSecond();
        long start = Math.max(from, hour * HOUR_SECONDS);
        long stop = Math.min(until, (hour + 1) * HOUR_SECONDS);
        return stop <= start ? 0 : (double) (stop - start) / HOUR_SECONDS;
    }

    private static long hour(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), HOUR_SECONDS);
    }

    String text() {
        long today = Math.round(callbacks[0]);
        String so = Figures.number(today) + (today == 1 ? " callback" : " callbacks") + " since 00:00 UTC.";
        int known = 0;
        while (known < WEEKS && hour(midnight.minus(Duration.ofDays(7L * (known + 1)))) >= firstHour) {
            known++;
        }
        if (known == 0) {
            return so + " The same day of the week before is not known yet.";
        }
        double[] weeks = Arrays.copyOfRange(callbacks, 1, known + 1);
        Arrays.sort(weeks);
        String day = midnight.atOffset(ZoneOffset.UTC).getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        String range = known == 1 || Math.round(weeks[0]) == Math.round(weeks[known - 1])
                ? Figures.number(Math.round(weeks[0]))
                : Figures.number(Math.round(weeks[0])) + " to " + Figures.number(Math.round(weeks[known - 1]));
        return so + (known == 1 ? " Last " + day : " On the last " + known + " " + day + "s") + " there were " + range
                + " by this time.";
    }
}
