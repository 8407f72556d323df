package dev.sendstatus.app;

import dev.sendstatus.config.Configuration;
import dev.sendstatus.retention.RestingPace;
import dev.sendstatus.retention.Retention;
import dev.sendstatus.retention.RetentionSettings;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's retention, on a thread of its own: the first run over years of messages takes long and must delay nobody. */
final class RetentionDuty implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionDuty.class);
    private static final Duration AFTER_THE_START = Duration.ofMinutes(2);
    /** Little is due each time, and nothing stays much longer than it may. */
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final Retention retention;
    private final RestingPace pace = new RestingPace();
    private final Duties thread = new Duties("retention");

    RetentionDuty(Configuration configuration, Store store, MeterRegistry meters, InstantSource clock) {
        this.retention = new Retention(
                store,
                new RetentionSettings(configuration.retentionRaw(), configuration.retentionMessages()),
                clock,
                pace,
                meters);
    }

    RetentionDuty start() {
        thread.every(AFTER_THE_START, INTERVAL, "the retention", this::run);
        return this;
    }

    /** One run. */
    void run() throws StoreException {
        try {
            Retention.Removed removed = retention.run();
            if (removed.raw() > 0 || removed.messages() > 0) {
                LOG.info(
                        "removed {} messages and {} raw callbacks (counted by their events) that were old enough",
                        removed.messages(),
                        removed.raw());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends every pause at once; a step that is under way is waited for. */
    @Override
    public void close() {
        pace.stop();
        thread.close();
    }
}
