package dev.sendstatus.api;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.Traffic;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the callbacks of each account, by which a silence is told from a quiet hour. A callback costs one addition here and no
 * look at a clock; {@link #save}, which one thread at a time calls, does the rest.
 */
public final class CallbackCounts {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackCounts.class);

    private final Map<AccountName, Count> counts;
    private final InstantSource clock;

    private static final class Count {
        private final LongAdder callbacks = new LongAdder();
        private volatile @Nullable Instant lastAt;
    }

    /** @param activity what came before this start */
    public CallbackCounts(
            List<ConfiguredProvider<?>> providers,
            List<AccountActivity> activity,
            MeterRegistry meters,
            InstantSource clock) {
        this.clock = clock;
        Map<AccountName, Count> all = new TreeMap<>();
        for (ConfiguredProvider<?> provider : providers) {
            provider.accounts().forEach(account -> all.put(account.name(), new Count()));
        }
        for (AccountActivity before : activity) {
            Count count = all.get(before.account());
            if (count != null) {
                count.lastAt = before.lastCallbackAt();
            }
        }
        this.counts = Map.copyOf(all);
        all.forEach((account, count) -> Gauge.builder("sendstatus.account.silent.seconds", count, this::silentSeconds)
                .description("How long ago an account's last authentic callback came; NaN if none ever did")
                .tag("provider", account.provider().word())
                .tag("account", account.name())
                .register(meters));
    }

    /** One callback was committed. */
    void add(AccountName account) {
        Count count = counts.get(account);
        if (count != null) {
            count.callbacks.increment();
        }
    }

    private double silentSeconds(Count count) {
        Instant last = count.callbacks.sum() > 0 ? clock.instant() : count.lastAt;
        return last == null
                ? Double.NaN
                : Math.max(0, Duration.between(last, clock.instant()).toSeconds());
    }

    /** Stores what was counted since the last call. What cannot be stored now is kept for the next. */
    public void save(Store store) {
        Instant now = clock.instant();
        List<Traffic> unsaved = new ArrayList<>();
        counts.forEach((account, count) -> {
            long callbacks = count.callbacks.sum();
            if (callbacks > 0) {
                count.lastAt = now;
                unsaved.add(new Traffic(account, now, callbacks));
            }
        });
        try {
            store.addTraffic(unsaved);
        } catch (StoreException e) {
            LOG.debug("the counts of callbacks wait for the database: {}", e.getMessage());
            return;
        }
        for (Traffic saved : unsaved) {
            Count count = counts.get(saved.account());
            if (count != null) {
                count.callbacks.add(-saved.callbacks());
            }
        }
    }
}
