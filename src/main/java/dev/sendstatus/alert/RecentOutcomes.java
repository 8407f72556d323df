package dev.sendstatus.alert;

import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The recent batches of a key: enough for two looks. Older batches go to the key's history. */
final class RecentOutcomes {
    private final List<OutcomeSeries.Batch> batches;
    private final List<OutcomeSeries.Batch> changed = new ArrayList<>();
    private final List<OutcomeSeries.Batch> left = new ArrayList<>();

    /** @param batches the oldest first */
    RecentOutcomes(List<OutcomeSeries.Batch> batches) {
        this.batches = new ArrayList<>(batches);
    }

    /** One message that has settled. */
    record Settled(Instant firstEventAt, OutcomeCounts counts) {}

    /** Adds messages in the order in which they came. */
    void add(List<Settled> messages) {
        OutcomeSeries.Batch last = batches.isEmpty() ? null : batches.get(batches.size() - 1);
        if (last != null && last.counts().messages() < Thresholds.BATCH && messages.size() < Thresholds.BATCH) {
            batches.set(batches.size() - 1, grown(last, messages));
            changed.add(batches.get(batches.size() - 1));
        } else {
            int pieces = Math.max(1, Math.min(Thresholds.BATCHES_AT_ONCE, messages.size() / Thresholds.BATCH));
            long number = last == null ? 0 : last.number();
            for (int piece = 0; piece < pieces; piece++) {
                List<Settled> some =
                        messages.subList(messages.size() * piece / pieces, messages.size() * (piece + 1) / pieces);
                number++;
                Instant first = some.get(0).firstEventAt();
                OutcomeSeries.Batch batch =
                        grown(new OutcomeSeries.Batch(number, first, first, OutcomeCounts.NONE), some);
                batches.add(batch);
                changed.add(batch);
            }
        }
        while (leavesTwoLooks()) {
            left.add(batches.remove(0));
        }
    }

    private static OutcomeSeries.Batch grown(OutcomeSeries.Batch batch, List<Settled> messages) {
        OutcomeCounts counts = batch.counts();
        Instant first = batch.firstAt();
        Instant last = batch.lastAt();
        for (Settled one : messages) {
            counts = counts.plus(one.counts());
            first = one.firstEventAt().isBefore(first) ? one.firstEventAt() : first;
            last = one.firstEventAt().isAfter(last) ? one.firstEventAt() : last;
        }
        return new OutcomeSeries.Batch(batch.number(), first, last, counts);
    }

    /** Whether those after the first make two looks, however long the newest of them is ago. */
    private boolean leavesTwoLooks() {
        if (batches.size() < 3) {
            return false;
        }
        List<OutcomeSeries.Batch> rest = batches.subList(1, batches.size());
        return Look.newest(rest, rest.get(rest.size() - 1).lastAt(), Duration.ofDays(Thresholds.DAYS))
                        .size()
                == Look.MOST;
    }

    List<OutcomeSeries.Batch> batches() {
        return List.copyOf(batches);
    }

    /** Those that are still recent. */
    List<OutcomeSeries.Batch> changed() {
        return changed.stream().filter(batches::contains).toList();
    }

    List<OutcomeSeries.Batch> left() {
        return List.copyOf(left);
    }
}
