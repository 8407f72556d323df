package dev.sendstatus.ingest;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Lets a read see all callbacks that were acknowledged before it: waits until those in the inbox are applied, by this process or another one. While
 * applying is more than a second behind, nobody waits. Any thread.
 */
public final class ReadBarrier {
    private static final Duration MOST = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 2;

    private final Reads reads;
    private final InstantSource clock;

    public ReadBarrier(Reads reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /** @return by how much a read is behind that begins now; zero if it sees all that was acknowledged */
    public Duration await() throws StoreException {
        Long newest = reads.callbacks().newestWaiting();
        long began = System.nanoTime();
        while (newest != null && reads.callbacks().waitsTo(newest)) {
            Duration behind = behind(Duration.ofNanos(System.nanoTime() - began));
            if (behind.compareTo(MOST) > 0) {
                return behind;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return behind;
            }
        }
        return Duration.ZERO;
    }

    /** Another node's clock may be ahead, so that its callback seems to be of the future. The time that was waited counts as well. */
    private Duration behind(Duration waited) throws StoreException {
        Instant oldest = reads.callbacks().waitingSince();
        Duration behind = oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
        return behind.compareTo(waited) > 0 ? behind : waited;
    }
}
