package dev.sendstatus.feed;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time for which the feed has not shown a stored event. On PostgreSQL the feed stops before the events that the oldest open transaction of
 * the server may still add. A forgotten transaction of any program therefore holds it back.
 */
public final class HeldBack {
    private final Reads reads;
    private final InstantSource clock;

    // Guarded by this: an event that was stored and not shown, and when that was first seen.
    private long event;
    private Instant since = Instant.EPOCH;

    private HeldBack(Reads reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    public static void register(Reads reads, MeterRegistry meters, InstantSource clock) {
        HeldBack held = new HeldBack(reads, clock);
        Gauge.builder("sendstatus.feed.held.back.seconds", held, HeldBack::seconds)
                .description(
                        "For how long the change feed has not shown what is stored, as one scrape after another saw it; NaN if the"
                                + " database does not answer")
                .strongReference(true)
                .register(meters);
    }

    private synchronized double seconds() {
        try {
            // In this order: events that are stored after the first question do not matter to the second.
            long stored = reads.newestEvent();
            long shown = reads.nextSequence() - 1;
            Instant now = clock.instant();
            if (stored <= shown) {
                return 0;
            }
            if (event <= shown) {
                event = stored;
                since = now;
            }
            return Math.max(0, Duration.between(since, now).toMillis() / 1_000.0);
        } catch (StoreException e) {
            return Double.NaN;
        }
    }
}
