package dev.sendstatus.alert;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeCounts.Kind;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeKey.Dimension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * An account of fifty senders over weeks, minute by minute: nights and weekends with hardly a message; campaigns that begin and end, and
 * send hundreds of messages within minutes, to lists of which some are worse than others; five carriers, one of which fails for
 * twenty minutes now and then; link domains that several senders share.
 */
final class Simulation {
    static final int MINUTES = 24 * 60;
    static final AccountName ACCOUNT = new AccountName(new Provider("twilio"), "main");
    /** A Monday. */
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");

    private static final int SENDERS = 50;
    private static final int DOMAINS = 8;
    private static final int OUTAGE = 20;
    private static final int BAD_LIST_DAY = 14;
    /** So long after a fault its last messages are still looked at. */
    private static final int SLOWEST = 15;

    private static final List<Kind> KINDS = List.of(Kind.FAILED, Kind.SPAM_FILTER, Kind.OPT_OUT);
    private static final OutcomeCounts GOOD = new OutcomeCounts(1, 0, 0, 0, 0);
    private static final OutcomeCounts FAILED = new OutcomeCounts(1, 1, 0, 0, 0);
    private static final OutcomeCounts SPAM = new OutcomeCounts(1, 0, 1, 0, 0);
    private static final OutcomeCounts OPT_OUT = new OutcomeCounts(1, 0, 0, 1, 0);

    private final Random random;
    private final List<Sender> senders = new ArrayList<>();
    private final Map<OutcomeKey, SimulatedKey> keys = new LinkedHashMap<>();
    /** The alerts that fire, by when they were last seen. */
    private final Map<String, Instant> firing = new HashMap<>();

    private final Map<Long, Long> callbacks = new HashMap<>();
    private Instant lastCallback = START;
    private int outage = MINUTES;
    private Carrier down = Carrier.ALPHA;

    /** Its share of the recipients, and how often messages to it fail, or are taken for spam, against all. */
    private enum Carrier {
        ALPHA(0.38, 1, 1),
        BETA(0.30, 0.8, 0.5),
        GAMMA(0.20, 1.1, 2),
        DELTA(0.09, 1.4, 1),
        LANDLINE(0.03, 3, 0);

        final double share;
        final double failing;
        final double filtering;

        Carrier(double share, double failing, double filtering) {
            this.share = share;
            this.failing = failing;
            this.filtering = filtering;
        }
    }

    /** A sender with what is usual for it, and its campaign of the week. */
    private static final class Sender {
        final String number;
        final String domain;
        final double daily;
        final double failing;
        final double spam;
        final double optOut;
        String campaign = "";
        int campaignDays;
        boolean badList;
        /** How much worse the list of the day is than others. */
        double list = 1;

        int begin;
        int length;
        boolean unwelcome;

        Sender(int number, Random random) {
            this.number = "+1202555" + (1_000 + number);
            this.domain = "site" + number % DOMAINS + ".example";
            this.daily = 60 * Math.pow(20, random.nextDouble());
            this.failing = 0.01 + 0.07 * random.nextDouble();
            this.spam = 0.001 + 0.01 * random.nextDouble();
            this.optOut = 0.003 + 0.012 * random.nextDouble();
        }

        void newDay(int day, Random random) {
            list = Math.exp(0.35 * random.nextGaussian());
            begin = 9 * 60 + random.nextInt(9 * 60);
            length = 5 + random.nextInt(120);
            unwelcome = random.nextInt(4) == 0;
            if (campaignDays-- <= 0) {
                campaign = number.substring(8) + "-" + day;
                campaignDays = 1 + random.nextInt(10);
                badList = false;
            }
            if (badList) {
                list = 3;
            }
        }

        void buysList() {
            badList = true;
            list = 3;
        }

        boolean campaigns(int minute) {
            return minute >= begin && minute < begin + length;
        }

        double rate(int day, int minute) {
            boolean weekend = day % 7 >= 5;
            boolean night = minute < 7 * 60 || minute > 22 * 60;
            return (weekend ? 0.3 : 1) * daily * (campaigns(minute) ? 0.6 / length : (night ? 0.02 : 0.4) / (15 * 60));
        }
    }

    Simulation(long seed) {
        this.random = new Random(seed);
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Sender(i, random));
        }
    }

    /** The same as of now, for the rest of a day. */
    Simulation copy() {
        Simulation copy = new Simulation(0);
        copy.senders.clear();
        copy.senders.addAll(senders);
        keys.forEach((key, outcomes) -> copy.keys.put(key, outcomes.copy()));
        copy.firing.putAll(firing);
        return copy;
    }

    static Instant at(int day, int minute) {
        return START.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(minute));
    }

    private record Message(List<OutcomeKey> keys, OutcomeCounts outcome) {}

    /** What settles in a minute. */
    void minute(int day, int minute) {
        if (minute == 0) {
            newDay(day);
        }
        settle(traffic(day, minute), at(day, minute));
    }

    private void newDay(int day) {
        senders.forEach(sender -> sender.newDay(day, random));
        outage = random.nextInt(5) == 0 ? 8 * 60 + random.nextInt(12 * 60) : MINUTES;
        down = Carrier.values()[random.nextInt(3)];
        if (day == BAD_LIST_DAY) {
            senders.get(random.nextInt(SENDERS)).buysList();
        }
    }

    /** Likewise, but of this key there are twenty messages, of which a filter takes six. */
    void minuteOfSpam(int day, int minute, OutcomeKey key) {
        List<Message> messages = traffic(day, minute);
        messages.removeIf(message -> message.keys.contains(key));
        for (int i = 0; i < 20; i++) {
            boolean spam = i * 6 / 20 != (i + 1) * 6 / 20;
            messages.add(new Message(keys(key), spam ? SPAM : GOOD));
        }
        settle(messages, at(day, minute));
    }

    /** Of a message that has this key, all keys. */
    private List<OutcomeKey> keys(OutcomeKey key) {
        Sender sender = senders.get(random.nextInt(SENDERS));
        return switch (key.dimension()) {
            case FROM ->
                keys(
                        senders.stream()
                                .filter(one -> one.number.equals(key.name()))
                                .findFirst()
                                .orElseThrow(),
                        carrier(),
                        "",
                        true);
            case CARRIER -> keys(sender, Carrier.valueOf(key.name()), "", true);
            case CAMPAIGN -> keys(senders.get(0), carrier(), key.name(), true);
            case ACCOUNT, LINK_DOMAIN, RECEIPTS -> throw new IllegalArgumentException();
        };
    }

    private List<Message> traffic(int day, int minute) {
        List<Message> messages = new ArrayList<>();
        for (Sender sender : senders) {
            // A list is in the order in which it was made, so that what is wrong with it stands together.
            boolean badStretch = random.nextInt(20) == 0;
            int count = poisson(sender.rate(day, minute));
            for (int i = 0; i < count; i++) {
                messages.add(message(sender, minute, badStretch));
            }
        }
        return messages;
    }

    private Message message(Sender sender, int minute, boolean badStretch) {
        Carrier carrier = carrier();
        boolean campaign = sender.campaigns(minute);
        boolean noSignal = carrier == down && minute >= outage && minute < outage + OUTAGE;
        double failing = Math.min(
                0.5, sender.failing * sender.list * carrier.failing * (badStretch ? 2.5 : 0.9) + (noSignal ? 0.5 : 0));
        double spam = sender.spam * carrier.filtering * (badStretch ? 2 : 1);
        double optOut = sender.optOut * (campaign && sender.unwelcome ? 2.5 : 1);
        double what = random.nextDouble();
        OutcomeCounts outcome = what < failing
                ? FAILED
                : what < failing + spam ? SPAM : what < failing + spam + optOut ? OPT_OUT : GOOD;
        return new Message(
                keys(sender, carrier, campaign ? sender.campaign : "", campaign || random.nextBoolean()), outcome);
    }

    private static List<OutcomeKey> keys(Sender sender, Carrier carrier, String campaign, boolean link) {
        List<OutcomeKey> keys = new ArrayList<>(List.of(
                OutcomeKey.of(ACCOUNT), key(Dimension.FROM, sender.number), key(Dimension.CARRIER, carrier.name())));
        if (!campaign.isEmpty()) {
            keys.add(key(Dimension.CAMPAIGN, campaign));
        }
        if (link) {
            keys.add(key(Dimension.LINK_DOMAIN, sender.domain));
        }
        return keys;
    }

    static OutcomeKey key(Dimension dimension, String name) {
        return new OutcomeKey(ACCOUNT, dimension, name);
    }

    private Carrier carrier() {
        double what = random.nextDouble();
        for (Carrier carrier : Carrier.values()) {
            what -= carrier.share;
            if (what < 0) {
                return carrier;
            }
        }
        return Carrier.ALPHA;
    }

    private void settle(List<Message> messages, Instant now) {
        Map<OutcomeKey, List<OutcomeCounts>> settled = new LinkedHashMap<>();
        for (Message message : messages) {
            message.keys.forEach(key ->
                    settled.computeIfAbsent(key, none -> new ArrayList<>()).add(message.outcome));
        }
        settled.forEach((key, outcomes) ->
                keys.computeIfAbsent(key, SimulatedKey::new).add(now.minus(SimulatedKey.SETTLED), outcomes));
        if (!messages.isEmpty()) {
            lastCallback = now;
            callbacks.merge(now.getEpochSecond() / 3_600, (long) messages.size(), Long::sum);
        }
    }

    /** The senders and carriers that may be struck, and a campaign that is new. */
    List<OutcomeKey> targets() {
        List<OutcomeKey> targets = new ArrayList<>(List.of(key(Dimension.CAMPAIGN, "new")));
        senders.forEach(sender -> targets.add(key(Dimension.FROM, sender.number)));
        for (Carrier carrier : Carrier.values()) {
            targets.add(key(Dimension.CARRIER, carrier.name()));
        }
        return targets;
    }

    /** The alerts that fire now and did not a minute ago: the kind and the key. */
    Set<String> told(int day, int minute) {
        Instant now = at(day, minute);
        firing.values().removeIf(seen -> !seen.plus(Thresholds.CALM).isAfter(now));
        Map<Kind, Map<OutcomeKey, Verdict>> verdicts = new EnumMap<>(Kind.class);
        for (SimulatedKey key : keys.values()) {
            if (key.moves(now)) {
                key.verdicts(now, KINDS)
                        .forEach((kind, verdict) -> verdicts.computeIfAbsent(kind, none -> new HashMap<>())
                                .put(key.key, verdict));
            }
        }
        Set<String> told = new HashSet<>();
        verdicts.forEach((kind, all) -> RateRule.withoutParts(all, key -> firing.containsKey(kind + " " + key))
                .forEach((key, verdict) -> {
                    String alert = kind + " " + key;
                    if (verdict.sure() && !firing.containsKey(alert)) {
                        told.add(alert);
                    }
                    if (verdict.sure() || firing.containsKey(alert)) {
                        firing.put(alert, now);
                    }
                }));
        return told;
    }

    boolean silent(int day, int minute) {
        return Silence.judge(new Silence.History(lastCallback, callbacks, 0), at(day, minute))
                .silent();
    }

    /** Whether the alert tells what is so: of the carrier that is down, or of the sender whose campaign has a bad list; or of the account. */
    boolean isTrue(String alert, int minute) {
        Set<OutcomeKey> failing = new HashSet<>();
        if (minute >= outage && minute < outage + OUTAGE + SLOWEST) {
            failing.addAll(List.of(key(Dimension.CARRIER, down.name()), OutcomeKey.of(ACCOUNT)));
        }
        senders.stream()
                .filter(sender -> sender.badList)
                .forEach(sender -> failing.addAll(
                        List.of(key(Dimension.FROM, sender.number), key(Dimension.CAMPAIGN, sender.campaign))));
        return failing.stream().anyMatch(key -> alert.equals(Kind.FAILED + " " + key));
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
