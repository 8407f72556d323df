package dev.sendstatus.jobs;

import dev.sendstatus.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how the turns ended, in the log and in the metrics. The first failure of a row comes with its cause, the following ones
 * with a line each. A node knows the success of others only from the table, which it reads at its start: an alert looks at the
 * latest of all nodes. Any thread may call it.
 */
final class JobOutcomes {
    private static final Logger LOG = LoggerFactory.getLogger(JobOutcomes.class);

    private final Map<String, Outcome> jobs = new ConcurrentHashMap<>();

    JobOutcomes(Collection<Job> jobs, MeterRegistry meters) {
        for (Job job : jobs) {
            Counter failures = Counter.builder("sendstatus.job.failures")
                    .description("Turns of a background job that failed")
                    .tag("job", job.name())
                    .register(meters);
            Outcome outcome = new Outcome(failures);
            Gauge.builder("sendstatus.job.last.success.timestamp.seconds", outcome, Outcome::lastSuccessSeconds)
                    .description("When a turn of the background job last ended well, as far as this node knows")
                    .tag("job", job.name())
                    .register(meters);
            this.jobs.put(job.name(), outcome);
        }
    }

    void succeeded(String job, Instant at) {
        Outcome outcome = of(job);
        outcome.lastSuccessMillis.accumulateAndGet(at.toEpochMilli(), Math::max);
        if (outcome.failuresInARow.getAndSet(0) > 0) {
            LOG.info("the job {} works again", job);
        }
    }

    void failed(String job, Throwable cause) {
        Outcome outcome = of(job);
        outcome.failures.increment();
        long inARow = outcome.failuresInARow.incrementAndGet();
        if (cause instanceof StoreException.Unavailable) {
            LOG.warn("the job {} waits for the database: {}", job, cause.getMessage());
        } else if (inARow == 1) {
            LOG.error("the job {} failed and is tried again", job, cause);
        } else {
            LOG.error("the job {} failed {} times in a row and is tried again: {}", job, inARow, cause.toString());
        }
    }

    private Outcome of(String job) {
        Outcome outcome = jobs.get(job);
        if (outcome == null) {
            throw new IllegalArgumentException("no job has the name " + job);
        }
        return outcome;
    }

    private static final class Outcome {
        private final Counter failures;
        private final AtomicLong failuresInARow = new AtomicLong();
        private final AtomicLong lastSuccessMillis = new AtomicLong(Long.MIN_VALUE);

        private Outcome(Counter failures) {
            this.failures = failures;
        }

        private double lastSuccessSeconds() {
            long millis = lastSuccessMillis.get();
            return millis == Long.MIN_VALUE ? Double.NaN : millis / 1_000.0;
        }
    }
}
