package dev.sendstatus.replay;

import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.ProgressListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads stored callbacks again, by the adapters of this version. Safe to repeat and to cut short, beside a running server too: a known event
 * changes nothing. Any thread; each call is one replay.
 */
public final class Replayer {
    private static final int PAGE = 64;

    private final Reads reads;
    private final Store store;
    private final Store.Interpreter interpreter;
    private final MeterRegistry meters;

    public Replayer(Reads reads, Store store, Store.Interpreter interpreter, MeterRegistry meters) {
        this.reads = reads;
        this.store = store;
        this.interpreter = interpreter;
        this.meters = meters;
    }

    /** One callback of the quarantine. @return empty if it is not there, or its bytes cannot be read */
    public Optional<Store.Applied> one(long number) throws StoreException {
        if (reads.callbacks().quarantined(number).isEmpty()) {
            return Optional.empty();
        }
        Tallies tallies = new Tallies(meters);
        return replay(List.of(number), tallies).stream().findFirst();
    }

    /** All that is in quarantine and came since then, the newest first. */
    public ReplayResult quarantined(Instant since, ProgressListener listener) throws StoreException {
        Tallies tallies = new Tallies(meters);
        long total = reads.callbacks().quarantineSize();
        long done = 0;
        List<QuarantinedCallback> page = reads.callbacks().quarantine(Long.MAX_VALUE, PAGE);
        while (!page.isEmpty()) {
            List<Long> numbers = new ArrayList<>();
            for (QuarantinedCallback quarantined : page) {
                if (!quarantined.receivedAt().isBefore(since)) {
                    numbers.add(quarantined.number());
                }
            }
            replay(numbers, tallies);
            done += page.size();
            listener.at(done, total);
            page = reads.callbacks().quarantine(page.get(page.size() - 1).number(), PAGE);
        }
        return tallies.result();
    }

    /** All that came since then and is stored by now, in order of arrival. */
    public ReplayResult all(Instant since, ProgressListener listener) throws StoreException {
        Tallies tallies = new Tallies(meters);
        // Callbacks that come while this runs are read by today's adapters anyway.
        long last = reads.callbacks().newest();
        List<Long> page = reads.callbacks().since(since, 0, PAGE);
        long first = page.isEmpty() ? last : page.get(0);
        while (!page.isEmpty() && page.get(0) <= last) {
            replay(page, tallies);
            long reached = page.get(page.size() - 1);
            listener.at(Math.min(reached, last) - first + 1, last - first + 1);
            page = reads.callbacks().since(since, reached, PAGE);
        }
        return tallies.result();
    }

    private List<Store.Applied> replay(List<Long> numbers, Tallies tallies) throws StoreException {
        List<Store.Applied> applied = store.replay(numbers, interpreter);
        applied.forEach(tallies::add);
        tallies.addDamaged(numbers.size() - applied.size());
        return applied;
    }
}
