package dev.sendstatus.api;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.Refused;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the requests that were refused, by account and reason, and logs them at a bounded rate: whoever sends many must be
 * able to fill neither the log nor the disk. Any thread; refusals are not on the way of a callback, so a lock does.
 */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long LOG_EVERY_SECONDS = 10;
    private static final long HINT_EVERY_SECONDS = 1;

    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<Key, Count> counts = new HashMap<>();
    private final Map<AccountName, Instant> hintedAt = new HashMap<>();

    private record Key(AccountName account, String reason) {}

    private static final class Count {
        private final Counter counter;
        private long unsaved;
        private long unlogged;
        private Instant lastAt = Instant.EPOCH;
        private @Nullable Instant loggedAt;
        private @Nullable String hint;

        private Count(Counter counter) {
            this.counter = counter;
        }
    }

    public Refusals(MeterRegistry meters, InstantSource clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /** @param account one that is configured, or {@link Refused#anyAccount}: never a name that a client made up */
    void add(AccountName account, String reason) {
        count(account, reason, null);
    }

    /**
     * As {@link #add(AccountName, String)}.
     *
     * @param hint what would have fitted; asked for at a bounded rate, since it costs many hashes
     */
    void add(AccountName account, String reason, Supplier<@Nullable String> hint) {
        count(account, reason, mayHint(account) ? hint.get() : null);
    }

    private synchronized boolean mayHint(AccountName account) {
        Instant now = clock.instant();
        Instant before = hintedAt.get(account);
        if (before != null && before.plusSeconds(HINT_EVERY_SECONDS).isAfter(now)) {
            return false;
        }
        hintedAt.put(account, now);
        return true;
    }

    private synchronized void count(AccountName account, String reason, @Nullable String hint) {
        Count count = counts.computeIfAbsent(new Key(account, reason), this::newCount);
        Instant now = clock.instant();
        count.counter.increment();
        count.unsaved++;
        count.unlogged++;
        count.lastAt = now;
        if (hint != null) {
            count.hint = hint;
        }
        if (count.loggedAt == null
                || count.loggedAt.plusSeconds(LOG_EVERY_SECONDS).isBefore(now)) {
            LOG.warn(
                    "refused {} request(s) to {}: {}{}",
                    count.unlogged,
                    account,
                    reason,
                    count.hint == null ? "" : "; " + count.hint);
            count.loggedAt = now;
            count.unlogged = 0;
        }
    }

    private Count newCount(Key key) {
        return new Count(Counter.builder("sendstatus.callbacks.refused")
                .description("Requests refused, by reason")
                .tag("provider", key.account().provider().word())
                .tag("account", key.account().name())
                .tag("reason", key.reason())
                .register(meters));
    }

    /** Stores what was counted since the last call. What cannot be stored now is kept for the next. */
    public void save(Store store) {
        List<Refused> unsaved = new ArrayList<>();
        synchronized (this) {
            counts.forEach((key, count) -> {
                if (count.unsaved > 0) {
                    unsaved.add(
                            new Refused(key.account(), key.reason(), count.unsaved, count.lastAt, count.hint));
                }
            });
        }
        try {
            store.addRefused(unsaved);
        } catch (StoreException e) {
            LOG.debug("the counts of refusals wait for the database: {}", e.getMessage());
            return;
        }
        synchronized (this) {
            for (Refused saved : unsaved) {
                Count count = counts.get(new Key(saved.account(), saved.reason()));
                if (count != null) {
                    count.unsaved -= saved.count();
                }
            }
        }
    }
}
