package dev.sendstatus.alert;

import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeCounts.Kind;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The outcomes of a key's messages, kept and judged as the store and {@link RateRule} do, without the store. */
final class SimulatedKey {
    static final Duration SETTLED = Thresholds.SETTLED_AT_LEAST;
    private static final long HOUR_SECONDS = 3_600;

    final OutcomeKey key;
    private List<OutcomeSeries.Batch> recent = List.of();
    private final TreeMap<Long, OutcomeCounts> hours = new TreeMap<>();
    /** Since when it is worse than usual: the alert that is pending or fires. */
    private final Map<Kind, Instant> since = new EnumMap<>(Kind.class);

    private Instant last = Instant.EPOCH;
    /** All that left in the last 48 hours, as of that hour. */
    private OutcomeCounts leftLately = OutcomeCounts.NONE;

    private long leftLatelyHour;

    SimulatedKey(OutcomeKey key) {
        this.key = key;
    }

    SimulatedKey copy() {
        SimulatedKey copy = new SimulatedKey(key);
        copy.recent = recent;
        copy.hours.putAll(hours);
        copy.since.putAll(since);
        copy.last = last;
        copy.leftLately = leftLately;
        copy.leftLatelyHour = leftLatelyHour;
        return copy;
    }

    /** @param outcomes of messages that came then, and settle now */
    void add(Instant came, List<OutcomeCounts> outcomes) {
        RecentOutcomes known = new RecentOutcomes(recent);
        known.add(outcomes.stream()
                .map(outcome -> new RecentOutcomes.Settled(came, outcome))
                .toList());
        recent = known.batches();
        known.left().forEach(this::leave);
        last = came;
    }

    private void leave(OutcomeSeries.Batch batch) {
        hours.merge(hour(batch.lastAt()), batch.counts(), OutcomeCounts::plus);
        leftLately = leftLately.plus(batch.counts());
    }

    private static long hour(Instant time) {
        return time.getEpochSecond() / HOUR_SECONDS;
    }

    /** Whether something has changed since the last two looks began. */
    boolean moves(Instant now) {
        return last.plus(SETTLED).plus(Thresholds.LOOK.multipliedBy(3)).isAfter(now);
    }

    /** The kinds of which it is worse than usual by now. */
    Map<Kind, Verdict> verdicts(Instant now, List<Kind> kinds) {
        Instant lately = now.minus(Thresholds.LATELY);
        while (!recent.isEmpty() && recent.get(0).lastAt().isBefore(lately)) {
            leave(recent.get(0));
            recent = recent.subList(1, recent.size());
        }
        if (hour(lately) != leftLatelyHour) {
            leftLatelyHour = hour(lately);
            leftLately = sum(hours.tailMap(leftLatelyHour).values());
        }
        OutcomeCounts ofRecent = OutcomeCounts.NONE;
        for (OutcomeSeries.Batch batch : recent) {
            ofRecent = ofRecent.plus(batch.counts());
        }
        OutcomeCounts ofLately = leftLately.plus(ofRecent);
        List<Look> looks = Look.newest(recent, now.minus(SETTLED), Thresholds.LATELY);
        Map<Kind, Verdict> verdicts = new EnumMap<>(Kind.class);
        for (Kind kind : kinds) {
            // The others cannot be worse than usual, and are not worth the sum of their history.
            boolean troubled = looks.stream().anyMatch(look -> look.counts().of(kind) >= Thresholds.BAD)
                    || kind == Kind.SPAM_FILTER && ofLately.share(kind) >= Thresholds.SPAM_SHARE;
            if (troubled) {
                verdict(kind, now, ofLately).ifPresent(verdict -> verdicts.put(kind, verdict));
            }
            if (verdicts.containsKey(kind)) {
                since.putIfAbsent(kind, verdicts.get(kind).since());
            } else {
                since.remove(kind);
            }
        }
        return verdicts;
    }

    private Optional<Verdict> verdict(Kind kind, Instant now, OutcomeCounts lately) {
        Instant begin = since.get(kind);
        long end = begin == null ? Long.MAX_VALUE : hour(begin);
        Map<Long, OutcomeCounts> days = new HashMap<>();
        hours.subMap(hour(now.minus(Duration.ofDays(Thresholds.DAYS))), end)
                .forEach((hour, counts) -> days.merge(hour / 24, counts, OutcomeCounts::plus));
        return Verdict.of(kind, new OutcomeSeries(key, recent, List.copyOf(days.values()), lately), now.minus(SETTLED));
    }

    private static OutcomeCounts sum(Iterable<OutcomeCounts> some) {
        OutcomeCounts sum = OutcomeCounts.NONE;
        for (OutcomeCounts counts : some) {
            sum = sum.plus(counts);
        }
        return sum;
    }
}
