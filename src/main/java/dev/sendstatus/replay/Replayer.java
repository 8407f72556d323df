package dev.sendstatus.replay;

import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.RawSegment;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.Store;
import dev.sendstatus.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs stored callbacks through the adapters of this version again. Safe to repeat and to cut short, beside a running server too:
 * an event that says what is known already is left out. Any thread; each call is one replay.
 */
public final class Replayer {
    private static final int PAGE = 64;

    private final Reads reads;
    private final Store store;
    private final Sink sink;
    private final TodaysAdapters adapters;
    private final Origins origins;
    private final MeterRegistry meters;

    /** @param providers all adapters that there are, with their accounts */
    public Replayer(Reads reads, Store store, Sink sink, List<ConfiguredProvider<?>> providers, MeterRegistry meters) {
        this.reads = reads;
        this.store = store;
        this.sink = sink;
        this.adapters = new TodaysAdapters(providers);
        this.origins = new Origins(reads, adapters);
        this.meters = meters;
    }

    /** One callback of the quarantine. @return empty if it is not there, or its bytes have been removed */
    public Optional<Replayed> one(long sequence) throws StoreException {
        Optional<QuarantinedCallback> quarantined = reads.quarantined(sequence);
        Optional<RawCallback> raw = reads.raw(sequence);
        if (quarantined.isEmpty() || raw.isEmpty()) {
            return Optional.empty();
        }
        Batch batch = new Batch(reads, store, sink);
        Replayed replayed = batch.add(sequence, reading(quarantined.get(), raw.get()), true);
        batch.flush();
        new Tallies(meters).add(replayed, true);
        return Optional.of(replayed);
    }

    /** All that is in quarantine and came since then, the newest first. */
    public ReplayResult quarantined(Instant since, Watcher watcher) throws StoreException {
        Tallies tallies = new Tallies(meters);
        long total = reads.quarantineSize();
        long done = 0;
        List<QuarantinedCallback> page = reads.quarantine(Long.MAX_VALUE, PAGE);
        while (!page.isEmpty()) {
            Batch batch = new Batch(reads, store, sink);
            for (QuarantinedCallback quarantined : page) {
                if (!quarantined.receivedAt().isBefore(since)) {
                    Optional<RawCallback> raw = reads.raw(quarantined.sequence());
                    if (raw.isPresent()) {
                        tallies.add(batch.add(quarantined.sequence(), reading(quarantined, raw.get()), true), true);
                    } else {
                        tallies.addDamaged();
                    }
                }
            }
            batch.flush();
            done += page.size();
            watcher.at(done, total);
            page = reads.quarantine(page.get(page.size() - 1).sequence(), PAGE);
        }
        return tallies.result();
    }

    /** All that came since then and is stored by now, in order of arrival, a segment at a time. */
    public ReplayResult all(Instant since, Watcher watcher) throws StoreException {
        Tallies tallies = new Tallies(meters);
        // What comes while this runs was read by today's adapters anyway; so was what this stores itself.
        long end = reads.nextSequence();
        Optional<RawSegment> found = reads.segment(0, since);
        long first = found.map(RawSegment::firstSequence).orElse(end);
        while (found.isPresent() && found.get().firstSequence() < end) {
            RawSegment segment = found.get();
            if (segment.damaged()) {
                tallies.addDamaged();
            }
            replay(segment, tallies);
            watcher.at(segment.nextSequence() - first, end - first);
            found = reads.segment(segment.nextSequence(), since);
        }
        return tallies.result();
    }

    private void replay(RawSegment segment, Tallies tallies) throws StoreException {
        Map<Long, QuarantinedCallback> quarantine = new HashMap<>();
        for (QuarantinedCallback one :
                reads.quarantine(segment.nextSequence(), (int) (segment.nextSequence() - segment.firstSequence()))) {
            quarantine.put(one.sequence(), one);
        }
        Batch batch = new Batch(reads, store, sink);
        for (RawSegment.Entry entry : segment.callbacks()) {
            QuarantinedCallback quarantined = quarantine.get(entry.sequence());
            if (entry.isCallback() || quarantined != null) {
                Optional<Reading> reading =
                        quarantined == null ? origins.find(entry) : Optional.of(reading(quarantined, entry.callback()));
                Replayed replayed = reading.isEmpty()
                        ? new Replayed(entry.sequence(), null, 0, 0, "nothing tells whose it is")
                        : batch.add(entry.sequence(), reading.get(), quarantined != null);
                tallies.add(replayed, quarantined != null);
            }
        }
        batch.flush();
    }

    private Reading reading(QuarantinedCallback quarantined, RawCallback raw) {
        return new Reading(
                quarantined.account(),
                quarantined.receivedAt(),
                adapters.read(quarantined.account().provider(), raw, quarantined.receivedAt()));
    }
}
