package dev.sendstatus.jobs;

import java.time.Duration;
import java.util.Collection;

/**
 * How soon the nodes notice.
 *
 * @param polling how often a node looks for jobs that are due
 * @param heartbeat how often the node that runs a job says so; twice as long passes from one look for dead nodes to the next
 * @param missedHeartbeats after how many a node counts as dead; four at least
 * @param grace how long a stop waits for running jobs before it interrupts them
 */
public record JobTiming(Duration polling, Duration heartbeat, int missedHeartbeats, Duration grace) {
    private static final Duration LONGEST_POLLING = Duration.ofSeconds(5);
    private static final Duration SHORTEST_POLLING = Duration.ofMillis(100);

    /**
     * For those jobs. A dead node's job is taken over after 4 × 15 s, and up to 30 s until somebody looks, and up to 5 s until
     * somebody takes it: 95 s at most.
     */
    public static JobTiming of(Collection<Job> jobs) {
        Duration polling = LONGEST_POLLING;
        for (Job job : jobs) {
            // A turn is late by up to one polling: that must be little beside the interval.
            Duration half = job.interval().dividedBy(2);
            polling = half.compareTo(polling) < 0 ? half : polling;
        }
        if (polling.compareTo(SHORTEST_POLLING) < 0) {
            polling = SHORTEST_POLLING;
        }
        return new JobTiming(polling, Duration.ofSeconds(15), 4, Duration.ofSeconds(10));
    }
}
