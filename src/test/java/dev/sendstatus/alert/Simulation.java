package dev.sendstatus.alert;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.store.OutcomeBatch;
import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeCounts.Kind;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A sender over weeks, minute by minute: nights and weekends with hardly a message, campaigns that send hundreds within minutes, lists that
 * are worse than others, a carrier that fails for half an hour, receipts that come late. What its messages came to is kept as the store
 * keeps it, without the store.
 */
final class Simulation {
    static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    static final Duration SETTLED = Thresholds.SETTLED_AT_LEAST;
    private static final long HOUR_SECONDS = 3_600;

    final OutcomeKey key;
    private final Random random;
    /** How many it sends on a usual day, and how many of a hundred usually fail. */
    private final double daily;

    /** Whether many of its recipients are with the carrier that fails from time to time. */
    private final boolean affected;

    private final double usualFailing;
    private final double usualSpam;
    private final double usualOptOut;

    private List<OutcomeBatch> recent = List.of();
    private final TreeMap<Long, OutcomeCounts> hours = new TreeMap<>();

    /** Of the day: how much worse its list is, and when its campaign begins. */
    private double list = 1;

    private int campaignMinute;
    private int campaignLength;
    private boolean optOutCampaign;

    Simulation(long seed) {
        this.random = new Random(seed);
        this.key = new OutcomeKey(
                new AccountName(new Provider("twilio"), "main"), OutcomeKey.Dimension.FROM, "+1202555" + (1000 + seed));
        this.daily = 60 * Math.pow(20, random.nextDouble());
        this.affected = seed % 3 == 0;
        this.usualFailing = 0.01 + 0.07 * random.nextDouble();
        this.usualSpam = 0.001 + 0.01 * random.nextDouble();
        this.usualOptOut = 0.003 + 0.012 * random.nextDouble();
    }

    /** What settles in this minute, on that day; the outages are all senders' alike. @return how many messages */
    int minute(int day, int minute, boolean outage) {
        if (minute == 0) {
            list = Math.exp(0.35 * random.nextGaussian());
            campaignMinute = 9 * 60 + random.nextInt(9 * 60);
            campaignLength = 5 + random.nextInt(120);
            optOutCampaign = random.nextInt(4) == 0;
        }
        boolean weekend = day % 7 >= 5;
        boolean night = minute < 7 * 60 || minute > 22 * 60;
        boolean campaign = minute >= campaignMinute && minute < campaignMinute + campaignLength;
        double rate =
                (weekend ? 0.3 : 1) * daily * (campaign ? 0.6 / campaignLength : (night ? 0.02 : 0.4) / (15 * 60));
        int messages = poisson(rate);
        // A list is in the order in which it was made, so that what is wrong with it stands together.
        boolean badStretch = random.nextInt(20) == 0;
        double failing = Math.min(0.5, usualFailing * list * (badStretch ? 2.5 : 0.9) + (outage && affected ? 0.2 : 0));
        double spam = usualSpam * (badStretch ? 2 : 1);
        double optOut = usualOptOut * (optOutCampaign && campaign ? 2.5 : 1);
        settle(day, minute, messages, failing, spam, optOut);
        return messages;
    }

    void settle(int day, int minute, int messages, double failing, double spam, double optOut) {
        List<RecentOutcomes.Settled> settled = new ArrayList<>();
        Instant at = at(day, minute).minus(SETTLED);
        for (int i = 0; i < messages; i++) {
            double what = random.nextDouble();
            boolean failed = what < failing;
            boolean filtered = !failed && what < failing + spam;
            boolean refused = !failed && !filtered && what < failing + spam + optOut;
            settled.add(new RecentOutcomes.Settled(
                    at, new OutcomeCounts(1, failed ? 1 : 0, filtered ? 1 : 0, refused ? 1 : 0, 0)));
        }
        add(settled);
    }

    /** So many settle in this minute, and so many of them were taken for spam. */
    void settleSpam(int day, int minute, int messages, int spam) {
        List<RecentOutcomes.Settled> settled = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            boolean filtered = i * spam / messages != (i + 1) * spam / messages;
            settled.add(new RecentOutcomes.Settled(
                    at(day, minute).minus(SETTLED), new OutcomeCounts(1, 0, filtered ? 1 : 0, 0, 0)));
        }
        add(settled);
    }

    private void add(List<RecentOutcomes.Settled> settled) {
        if (!settled.isEmpty()) {
            RecentOutcomes outcomes = new RecentOutcomes(recent);
            outcomes.add(settled);
            recent = outcomes.batches();
            outcomes.left().forEach(this::leave);
        }
    }

    private void leave(OutcomeBatch batch) {
        hours.merge(batch.lastAt().getEpochSecond() / HOUR_SECONDS, batch.counts(), OutcomeCounts::plus);
    }

    static Instant at(int day, int minute) {
        return START.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(minute));
    }

    /** As the question for keys in trouble asks. */
    private boolean troubled(Kind kind) {
        long bad = recent.stream().mapToLong(batch -> batch.counts().of(kind)).sum();
        return kind == Kind.SPAM_FILTER || bad >= Thresholds.BAD;
    }

    Optional<Verdict> verdict(Kind kind, Instant now) {
        if (!troubled(kind)) {
            return Optional.empty();
        }
        // As Store.tidyOutcomes does.
        while (!recent.isEmpty() && recent.get(0).lastAt().isBefore(now.minus(Thresholds.LATELY))) {
            leave(recent.get(0));
            recent = recent.subList(1, recent.size());
        }
        long first = now.minus(Duration.ofDays(Thresholds.DAYS)).getEpochSecond() / HOUR_SECONDS;
        long lately = now.minus(Thresholds.LATELY).getEpochSecond() / HOUR_SECONDS;
        Map<Long, OutcomeCounts> days = new HashMap<>();
        hours.tailMap(first).forEach((hour, counts) -> days.merge(hour / 24, counts, OutcomeCounts::plus));
        OutcomeCounts late = hours.tailMap(lately).values().stream().reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
        for (OutcomeBatch batch : recent) {
            late = late.plus(batch.counts());
        }
        return Verdict.of(kind, new OutcomeSeries(key, recent, List.copyOf(days.values()), late), now.minus(SETTLED));
    }

    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        int count = -1;
        for (double product = 1; product > limit; product *= random.nextDouble()) {
            count++;
        }
        return Math.max(0, count);
    }
}
