package dev.sendstatus.ingest;

import dev.sendstatus.event.Provider;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Counts the events of applied callbacks, and tells how old the oldest callback is that waits. */
public final class ApplyMeters {
    private final ErrorCodeCounts errorCodes;
    private final MeterRegistry meters;
    private final MinuteLog log;
    private final Map<Provider, Counter> events = new HashMap<>();
    private final Map<Provider, Counter> ignored = new HashMap<>();
    private final Map<Provider, Counter> quarantined = new HashMap<>();

    public ApplyMeters(
            Collection<Provider> providers,
            Reads reads,
            ErrorCodeCounts errorCodes,
            MeterRegistry meters,
            MinuteLog log,
            InstantSource clock) {
        this.log = log;
        this.errorCodes = errorCodes;
        this.meters = meters;
        for (Provider provider : providers) {
            events.put(provider, counter("sendstatus.events", "Events read in authentic callbacks", provider));
            ignored.put(
                    provider,
                    counter(
                            "sendstatus.callbacks.ignored",
                            "Authentic callbacks that say nothing about a message's state",
                            provider));
            quarantined.put(
                    provider,
                    counter(
                            "sendstatus.callbacks.quarantined",
                            "Authentic callbacks that were not understood, wholly or in part",
                            provider));
        }
        Gauge.builder("sendstatus.apply.lag.seconds", () -> lag(reads, clock))
                .description(
                        "How long the oldest callback waits to become part of its message; NaN if the database does not answer")
                .register(meters);
    }

    private Counter counter(String name, String description, Provider provider) {
        return Counter.builder(name)
                .description(description)
                .tag("provider", provider.word())
                .register(meters);
    }

    private static double lag(Reads reads, InstantSource clock) {
        try {
            Instant oldest = reads.callbacks().waitingSince();
            return oldest == null
                    ? 0
                    : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1_000.0);
        } catch (StoreException e) {
            // A scrape must have an answer; that the database does not is another metric's matter.
            return Double.NaN;
        }
    }

    void count(Store.Applied applied) {
        Incoming read = applied.read();
        Provider provider = read.account().provider();
        add(events, provider, read.events().size());
        if (read.quarantine() != null) {
            add(quarantined, provider, 1);
            log.add(
                    "callbacks of " + read.account() + " kept in quarantine",
                    "not understood",
                    "number " + applied.callback().number() + ": " + read.quarantine());
        } else if (read.events().isEmpty()) {
            add(ignored, provider, 1);
        }
        errorCodes.add(read);
    }

    private static void add(Map<Provider, Counter> counters, Provider provider, int count) {
        Counter counter = counters.get(provider);
        if (counter != null && count > 0) {
            counter.increment(count);
        }
    }
}
