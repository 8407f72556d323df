package dev.sendstatus.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database commits, in the log and as metrics. Any thread. */
final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final LongSupplier nanoTime;
    private final DistributionSummary batchSizes;
    private final Timer commits;
    private final Counter failures;
    private volatile boolean available = true;

    Health(LongSupplier nanoTime, MeterRegistry meters) {
        this.nanoTime = nanoTime;
        this.batchSizes = DistributionSummary.builder("sendstatus.commit.batch")
                .description("Callbacks in one commit")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        this.commits = Timer.builder("sendstatus.commit")
                .description("Time of one commit with its sync")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        this.failures = Counter.builder("sendstatus.commit.failures")
                .description("Commits that the database refused")
                .register(meters);
    }

    /** Whether the last commit succeeded. */
    boolean available() {
        return available;
    }

    /** @param callbacks how many @param begunNanos when their commit began */
    void committed(int callbacks, long begunNanos) {
        commits.record(nanoTime.getAsLong() - begunNanos, TimeUnit.NANOSECONDS);
        batchSizes.record(callbacks);
        if (!available) {
            LOG.info("the database commits again");
        }
        available = true;
    }

    void failing(Exception e) {
        failures.increment();
        if (available) {
            LOG.error("callbacks are answered 503 until the database commits again: {}", e.getMessage());
        }
        available = false;
    }
}
