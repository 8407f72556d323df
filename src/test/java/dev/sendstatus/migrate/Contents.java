package dev.sendstatus.migrate;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.Asked;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.MessageCounter;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.MessageTimes;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.TokenScope;
import dev.sendstatus.store.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A database with some of everything, and all that a database answers, to be compared with another's answers. */
final class Contents {
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final AccountName MAIN = new AccountName(Histories.PROVIDER, "main");
    private static final AccountName OTHER = new AccountName(new Provider("othertel"), "second");

    private Contents() {}

    static MessageKey key(int number) {
        return new MessageKey(number % 5 == 0 ? OTHER.provider() : Histories.PROVIDER, "m" + number);
    }

    /** Random histories of so many messages, and some of everything else. */
    static void fill(Store store, Random random, int messages) throws StoreException {
        commit(store, random, 0, messages);
        List<StuckFlag> flags = new ArrayList<>();
        for (int i = 0; i < messages; i += 7) {
            StuckFlag flag = new StuckFlag(
                    key(i),
                    account(i),
                    i % 2 == 0 ? "+12025550199" : null,
                    START,
                    START.plusSeconds(i),
                    START.plusSeconds(2L * i),
                    StuckReason.values()[i % StuckReason.values().length],
                    null,
                    null);
            flags.add(i % 3 == 0 ? flag.ended(StuckFlag.Ending.NEVER_REPORTED, START.plusSeconds(9_000)) : flag);
        }
        store.flag(flags);
        store.keep(new KeptReport(LocalDate.of(2026, 11, 2), START, "{\"stuck\":[1,2,3]}"));
        store.addRefused(List.of(
                new Store.Refused(MAIN, "wrong signature", 3, START, "http.public-url"),
                new Store.Refused(Store.anyAccount(OTHER.provider()), "too large", 1, START.plusSeconds(1))));
        store.addErrorCodes(List.of(new SeenErrorCode(OTHER.provider(), "30003", 17, START)));
        store.addToken(new StoredToken("reader", TokenHash.of("a"), TokenScope.READ, START, null));
        store.addToken(new StoredToken("writer", TokenHash.of("b"), TokenScope.WRITE, START, START.plusSeconds(5)));
        store.lookups().note(List.of(new Asked(key(1), START, true), new Asked(key(5), START, false)));
        store.addTraffic(List.of(new Traffic(MAIN, Instant.now(), 12), new Traffic(OTHER, Instant.now(), 5)));
    }

    /** Adds callbacks about messages of these numbers. */
    static void commit(Store store, Random random, int from, int to) throws StoreException {
        List<Incoming> batch = new ArrayList<>();
        for (int i = from; i < to; i++) {
            MessageKey key = key(i);
            Instant at = START.plusSeconds(600L * i);
            List<DeliveryEvent> events = new ArrayList<>();
            for (int j = 1 + random.nextInt(3); j > 0; j--) {
                events.add(Histories.event(random, key, at));
            }
            String address = events.get(0).recipient() == null
                    ? "nobody"
                    : events.get(0).recipient().address();
            String body = "{\"n\":" + i + ",\"id\":\"" + key.id() + "\",\"to\":\"" + address + "\"}";
            RawCallback raw =
                    new RawCallback("POST", "a=" + i, "application/json", body.getBytes(StandardCharsets.UTF_8));
            batch.add(
                    new Incoming(account(i), Source.WEBHOOK, at, raw, events, i % 11 == 0 ? "an unknown word" : null));
            if (random.nextInt(6) == 0) {
                store.commit(batch);
                batch.clear();
            }
        }
        store.commit(batch);
    }

    static AccountName account(int number) {
        return number % 5 == 0 ? OTHER : MAIN;
    }

    /** What the database says, question by question, without the numbers of its rows. */
    static Map<String, Object> answers(Reads reads, int messages) throws StoreException {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (int i = 0; i < messages; i++) {
            StoredMessage message = reads.message(key(i)).orElseThrow();
            answers.put("message " + i, message);
            long sequence = message.history().events().get(0).sequence();
            answers.put("raw " + i, reads.raw(sequence).map(raw -> new String(raw.body(), StandardCharsets.UTF_8)));
        }
        filters().forEach((name, filter) -> answers.put(name, list(reads, filter)));
        Counts counts = new Counts();
        reads.count(START, START.plusSeconds(600L * messages / 2), counts);
        answers.put("counted", counts.byStatus);
        answers.put("accounts", reads.accounts());
        answers.put("open", reads.open(MAIN, Instant.now(), true));
        answers.put("open, not flagged", reads.open(OTHER, Instant.now(), false));
        answers.put("settled", List.copyOf(reads.flaggedButSettled()));
        answers.put("flags", new HashSet<>(reads.flagsActiveAfter(START)));
        answers.put("activity", reads.activity());
        answers.put("traffic", reads.traffic(MAIN, Instant.now().truncatedTo(ChronoUnit.DAYS)));
        answers.put("report", reads.report(LocalDate.of(2026, 11, 2)));
        answers.put("codes", reads.errorCodes());
        answers.put("tokens", reads.tokens());
        answers.put("quarantine", reads.quarantine(Long.MAX_VALUE, 1_000));
        return answers;
    }

    private static Map<String, MessageFilter> filters() {
        Map<String, MessageFilter> filters = new LinkedHashMap<>();
        filters.put("all", new MessageFilter.Builder().build());
        filters.put(
                "sent",
                new MessageFilter.Builder()
                        .status(SendStatus.SENT, SendStatus.SENT)
                        .build());
        filters.put(
                "error",
                new MessageFilter.Builder()
                        .status(SendStatus.ERROR, SendStatus.SENT)
                        .build());
        filters.put("to", new MessageFilter.Builder().to("+12025550144").build());
        filters.put("from", new MessageFilter.Builder().from("54321").build());
        filters.put(
                "reference", new MessageFilter.Builder().reference("order-1").build());
        filters.put("campaign", new MessageFilter.Builder().campaign("autumn").build());
        filters.put("tag", new MessageFilter.Builder().tag("vote").build());
        filters.put("code", new MessageFilter.Builder().errorCode("30003").build());
        filters.put(
                "provider",
                new MessageFilter.Builder().provider(OTHER.provider()).build());
        filters.put("conflict", new MessageFilter.Builder().conflict(true).build());
        filters.put(
                "between",
                new MessageFilter.Builder()
                        .between(START.plusSeconds(6_000), START.plusSeconds(60_000))
                        .build());
        return filters;
    }

    private static List<MessageKey> list(Reads reads, MessageFilter filter) {
        try {
            List<MessageKey> found = new ArrayList<>();
            Long before = null;
            do {
                MessagePage page = reads.page(filter, before, 50);
                page.messages().forEach(message -> found.add(message.state().message()));
                before = page.next();
            } while (before != null);
            return found;
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many messages have a status, as the statistics count them. */
    private static final class Counts implements MessageCounter<RuntimeException> {
        private final Map<SendStatus, Integer> byStatus = new TreeMap<>();

        @Override
        public void message(StoredMessage message) {
            byStatus.merge(message.state().status(), 1, Integer::sum);
        }

        @Override
        public void alike(StoredMessage one, MessageTimes times) {
            byStatus.merge(one.state().status(), times.size(), Integer::sum);
        }
    }
}
