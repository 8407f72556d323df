package dev.sendstatus.app;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.retention.RestingPace;
import dev.sendstatus.retention.Retention;
import dev.sendstatus.retention.RetentionSettings;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's retention. The first run over years of messages may take long. */
final class RetentionRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionRun.class);

    /** So long a person can see that a delivery that failed arrived in the end. */
    private static final Duration DELIVERED_KEPT = Duration.ofDays(1);

    private static final Duration NOTICES_KEPT = Duration.ofDays(30);

    private final Store store;
    private final InstantSource clock;
    private final Retention retention;
    private final RestingPace pace = new RestingPace();

    RetentionRun(Configuration configuration, Store store, MeterRegistry meters, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.retention = new Retention(
                store,
                new RetentionSettings(configuration.retentionRaw(), configuration.retentionMessages()),
                clock,
                pace,
                meters);
    }

    /**
     * One run.
     *
     * @throws InterruptedException if {@link #close} cut it short; the rows removed until then stay removed
     */
    void run() throws StoreException, InterruptedException {
        Retention.Removed removed = retention.run();
        store.relay().removeOldDeliveries(clock.instant().minus(DELIVERED_KEPT));
        store.notices().removeOld(clock.instant().minus(NOTICES_KEPT));
        if (removed.raw() > 0 || removed.messages() > 0) {
            LOG.info(
                    "removed {} messages and {} raw callbacks (counted by their events) that were old enough",
                    removed.messages(),
                    removed.raw());
        }
    }

    /** Ends every pause at once, now and later. A step that is under way goes on. Any thread may call it. */
    @Override
    public void close() {
        pace.stop();
    }
}
