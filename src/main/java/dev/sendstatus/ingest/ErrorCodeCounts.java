package dev.sendstatus.ingest;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the error codes of applied events, in memory; a duty adds them to the database every few seconds, so that a
 * crash loses some seconds of counts. A replayed callback was counted when it came. Any thread.
 */
public final class ErrorCodeCounts {
    private static final int LONGEST_CODE = 32;

    private final Catalogue catalogue;
    private final MeterRegistry meters;
    private final Map<Provider, Counter> unknown = new HashMap<>();
    private final Unsaved<Key, SeenErrorCode> unsaved = new Unsaved<>(ErrorCodeCounts::sum);

    private record Key(Provider provider, String code) {}

    public ErrorCodeCounts(Catalogue catalogue, MeterRegistry meters) {
        this.catalogue = catalogue;
        this.meters = meters;
        // From the start, so that a rate over the metric sees the first one.
        catalogue.providers().forEach(this::counter);
    }

    private Counter counter(Provider provider) {
        return unknown.computeIfAbsent(
                provider,
                one -> Counter.builder("sendstatus.unknown.error.codes")
                        .description("Events with an error code that the catalogue lacks")
                        .tag("provider", one.word())
                        .register(meters));
    }

    public void add(Incoming incoming) {
        for (DeliveryEvent event : incoming.events()) {
            String code = event.errorCode();
            if (code != null) {
                add(event.message().provider(), code, incoming.receivedAt());
            }
        }
    }

    private synchronized void add(Provider provider, String code, Instant at) {
        if (catalogue.find(provider, code).isEmpty()) {
            counter(provider).increment();
        }
        String kept = code.length() > LONGEST_CODE ? code.substring(0, LONGEST_CODE) : code;
        unsaved.add(new Key(provider, kept), new SeenErrorCode(provider, kept, 1, at));
    }

    private static SeenErrorCode sum(SeenErrorCode one, SeenErrorCode other) {
        Instant last = one.lastAt().isAfter(other.lastAt()) ? one.lastAt() : other.lastAt();
        return new SeenErrorCode(one.provider(), one.code(), one.count() + other.count(), last);
    }

    /** Stores the counts since the last call. Counts that cannot be stored are kept for the next call. */
    public void save(Store store) throws StoreException {
        unsaved.save(store::addErrorCodes);
    }
}
