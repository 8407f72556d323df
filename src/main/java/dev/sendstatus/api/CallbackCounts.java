package dev.sendstatus.api;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.ingest.Unsaved;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the callbacks of each account, by which a silence is told from a quiet hour. A callback costs one addition here and no
 * look at a clock; {@link #save}, which one thread at a time calls, does the rest.
 */
public final class CallbackCounts {
    private final Map<AccountName, Count> counts;
    private final InstantSource clock;
    private final Unsaved<AccountName, Traffic> unsaved = new Unsaved<>(CallbackCounts::sum);

    private static final class Count {
        private final LongAdder callbacks = new LongAdder();
        private volatile @Nullable Instant lastAt;
    }

    /** @param activity the counts from before this start */
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

    private static Traffic sum(Traffic one, Traffic other) {
        Instant last = one.at().isAfter(other.at()) ? one.at() : other.at();
        return new Traffic(one.account(), last, one.callbacks() + other.callbacks());
    }

    private double silentSeconds(Count count) {
        Instant last = count.callbacks.sum() > 0 ? clock.instant() : count.lastAt;
        return last == null
                ? Double.NaN
                : Math.max(0, Duration.between(last, clock.instant()).toSeconds());
    }

    /** Stores the counts since the last call. Counts that cannot be stored are kept for the next. */
    public void save(Store store) throws StoreException {
        Instant now = clock.instant();
        counts.forEach((account, count) -> {
            long callbacks = count.callbacks.sum();
            if (callbacks > 0) {
                count.lastAt = now;
                count.callbacks.add(-callbacks);
                unsaved.add(account, new Traffic(account, now, callbacks));
            }
        });
        unsaved.save(store::addTraffic);
    }
}
