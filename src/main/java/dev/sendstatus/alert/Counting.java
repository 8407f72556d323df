package dev.sendstatus.alert;

import dev.sendstatus.catalog.Category;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Progress;
import dev.sendstatus.store.CountedOutcomes;
import dev.sendstatus.store.CountedOutcomes.What;
import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeKey.Dimension;
import dev.sendstatus.store.OutcomeSeries;
import dev.sendstatus.store.SettledMessage;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.OutcomeReader;
import dev.sendstatus.store.jdbc.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts each message once, when it has settled, so that no question ever has to go through the messages again. */
final class Counting {
    /** So many messages go into one transaction, which others wait for. */
    private static final int AT_ONCE = 1_000;
    /** So many are counted in one go: the rest has its turn a minute later. */
    private static final int MOST = 50_000;
    /** After this time, rows that several nodes committed at once are in order. */
    private static final Duration IN_ORDER = Duration.ofMinutes(1);

    private static final long DAY_HOURS = 24;

    private final Store store;
    private final OutcomeReader outcomes;

    Counting(Store store, OutcomeReader outcomes) {
        this.store = store;
        this.outcomes = outcomes;
    }

    /** How long the receipts of each account take, as far as that is known. */
    Map<AccountName, SettlingTimes> settlingTimes(Instant now) throws StoreException {
        Map<AccountName, SettlingTimes> times = new HashMap<>();
        long sinceDay = day(now) - Thresholds.RECEIPT_TIME_DAYS;
        outcomes.receiptTimes(sinceDay)
                .forEach((account, receiptTimes) -> times.put(account, SettlingTimes.of(receiptTimes)));
        return times;
    }

    /** Counts the messages that have settled and were not counted yet. */
    void run(Iterable<AccountName> accounts, Map<AccountName, SettlingTimes> times, Instant now) throws StoreException {
        long newest = outcomes.newestMessage(now.minus(IN_ORDER));
        int left = MOST;
        for (AccountName account : accounts) {
            SettlingTimes settling = times.getOrDefault(account, SettlingTimes.UNKNOWN);
            left -= count(account, What.OUTCOMES, now.minus(settling.settled()), settling, newest, left, now);
            left -= count(account, What.LATE, now.minus(settling.late()), settling, newest, left, now);
            left -= count(
                    account,
                    What.RECEIPT_TIMES,
                    now.minus(Thresholds.RECEIPT_TIMES_AFTER),
                    settling,
                    newest,
                    left,
                    now);
        }
    }

    /** @return how many messages were looked at */
    private int count(
            AccountName account, What what, Instant settledBy, SettlingTimes times, long newest, int most, Instant now)
            throws StoreException {
        long from = outcomes.counted(account, what);
        int looked = 0;
        while (from < newest && looked < most) {
            List<SettledMessage> found = outcomes.messages(account, from, newest, AT_ONCE);
            List<SettledMessage> settled = settled(found, settledBy, now);
            boolean all = settled.size() == found.size();
            long to = all && found.size() < AT_ONCE
                    ? newest
                    : settled.isEmpty() ? from : settled.get(settled.size() - 1).id();
            if (to == from || !store.outcomes().save(counted(account, what, from, to, settled, times))) {
                return looked;
            }
            looked += settled.size();
            from = to;
            if (!all) {
                return looked;
            }
        }
        return looked;
    }

    /** Up to the first that has not. One that claims to come from the future would hold all others up. */
    private static List<SettledMessage> settled(List<SettledMessage> messages, Instant by, Instant now) {
        for (int i = 0; i < messages.size(); i++) {
            Instant first = messages.get(i).firstEventAt();
            if (first.isAfter(by) && !first.isAfter(now)) {
                return messages.subList(0, i);
            }
        }
        return messages;
    }

    private CountedOutcomes counted(
            AccountName account, What what, long from, long to, List<SettledMessage> messages, SettlingTimes times)
            throws StoreException {
        Map<OutcomeKey, List<RecentOutcomes.Settled>> byKey = new LinkedHashMap<>();
        Map<Long, Map<Duration, Long>> receiptTimes = new HashMap<>();
        for (SettledMessage message : messages) {
            if (!message.outbound()) {
                continue;
            }
            switch (what) {
                case OUTCOMES -> {
                    OutcomeCounts outcome = outcome(message);
                    keys(account, message).forEach(key -> add(byKey, key, message, outcome));
                }
                case LATE -> {
                    OutcomeCounts outcome = lateness(message, times.late());
                    if (outcome != null) {
                        add(byKey, new OutcomeKey(account, Dimension.RECEIPTS, ""), message, outcome);
                    }
                }
                case RECEIPT_TIMES -> {
                    Duration took = receiptTime(message);
                    if (took != null) {
                        receiptTimes
                                .computeIfAbsent(day(message.firstEventAt()), day -> new HashMap<>())
                                .merge(SettlingTimes.step(took), 1L, Long::sum);
                    }
                }
            }
        }
        Map<OutcomeKey, List<OutcomeSeries.Batch>> changed = new HashMap<>();
        Map<OutcomeKey, List<OutcomeSeries.Batch>> left = new HashMap<>();
        Map<OutcomeKey, List<OutcomeSeries.Batch>> known = outcomes.batches(account, byKey.keySet());
        byKey.forEach((key, settled) -> {
            RecentOutcomes recent = new RecentOutcomes(known.getOrDefault(key, List.of()));
            recent.add(settled);
            changed.put(key, recent.changed());
            left.put(key, recent.left());
        });
        return new CountedOutcomes(account, what, from, to, changed, left, receiptTimes);
    }

    private static void add(
            Map<OutcomeKey, List<RecentOutcomes.Settled>> byKey,
            OutcomeKey key,
            SettledMessage message,
            OutcomeCounts outcome) {
        byKey.computeIfAbsent(key, name -> new ArrayList<>())
                .add(new RecentOutcomes.Settled(message.firstEventAt(), outcome));
    }

    private static List<OutcomeKey> keys(AccountName account, SettledMessage message) {
        List<OutcomeKey> keys = new ArrayList<>();
        keys.add(OutcomeKey.of(account));
        addKey(keys, account, Dimension.FROM, message.sender());
        addKey(keys, account, Dimension.CAMPAIGN, message.campaign());
        message.linkDomains().forEach(domain -> addKey(keys, account, Dimension.LINK_DOMAIN, domain));
        message.carriers().forEach(carrier -> addKey(keys, account, Dimension.CARRIER, carrier));
        return keys;
    }

    private static void addKey(List<OutcomeKey> keys, AccountName account, Dimension dimension, @Nullable String name) {
        if (name != null && !name.isEmpty()) {
            keys.add(new OutcomeKey(account, dimension, name));
        }
    }

    private static OutcomeCounts outcome(SettledMessage message) {
        boolean failed = message.progress() == Progress.FAILED;
        boolean spam = failed && Category.SPAM_FILTER.word().equals(message.category());
        boolean optOut = failed && Category.OPT_OUT.word().equals(message.category());
        return new OutcomeCounts(1, failed && !spam && !optOut ? 1 : 0, spam ? 1 : 0, optOut ? 1 : 0, 0);
    }

    /** Null where no report is expected, or it is not known when the message was sent. */
    private static @Nullable OutcomeCounts lateness(SettledMessage message, Duration late) {
        if (message.sentAt() == null || message.progress() == Progress.UNCONFIRMED) {
            return null;
        }
        Duration took = receiptTime(message);
        boolean tooLate = took == null || took.compareTo(late) > 0;
        return new OutcomeCounts(1, 0, 0, 0, tooLate ? 1 : 0);
    }

    /** Null without a final report, or where it is not known when the message was sent. */
    private static @Nullable Duration receiptTime(SettledMessage message) {
        Instant sent = message.sentAt();
        Instant end = message.finalizedAt();
        if (sent == null || end == null) {
            return null;
        }
        return end.isBefore(sent) ? Duration.ZERO : Duration.between(sent, end);
    }

    private static long day(Instant time) {
        return Math.floorDiv(time.truncatedTo(ChronoUnit.HOURS).getEpochSecond(), DAY_HOURS * 3_600);
    }
}
