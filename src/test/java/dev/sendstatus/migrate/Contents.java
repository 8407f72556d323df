package dev.sendstatus.migrate;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.PastLookup;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.Refused;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.TokenScope;
import dev.sendstatus.store.Traffic;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A database with some of everything, and all that a database answers, to be compared with another's answers. */
final class Contents {
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final AccountName MAIN = new AccountName(Histories.PROVIDER, "main");
    private static final AccountName OTHER = new AccountName(new Provider("othertel"), "second");

    private Contents() {}

    static MessageKey key(int number) {
        return new MessageKey(number % 5 == 0 ? OTHER.provider() : Histories.PROVIDER, "m" + number);
    }

    /** Random histories of so many messages, some of everything else, and some that is not applied yet. */
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
        store.keep(new KeptReport(LocalDate.of(2026, 11, 2), START, "{\"stuck\":[1,2,3]}"), List.of(), START);
        store.addRefused(List.of(
                new Refused(MAIN, "wrong signature", 3, START, "http.public-url"),
                new Refused(Refused.anyAccount(OTHER.provider()), "too large", 1, START.plusSeconds(1))));
        store.addErrorCodes(List.of(new SeenErrorCode(OTHER.provider(), "30003", 17, START)));
        store.addToken(new StoredToken("reader", TokenHash.of("a"), TokenScope.READ, START, null));
        store.addToken(new StoredToken("writer", TokenHash.of("b"), TokenScope.WRITE, START, START.plusSeconds(5)));
        store.noteAsked(List.of(new PastLookup(key(1), START, true), new PastLookup(key(5), START, false)));
        store.addTraffic(List.of(new Traffic(MAIN, Instant.now(), 12), new Traffic(OTHER, Instant.now(), 5)));
        accept(store, "{\"waits\":1}", "{\"waits\":2}");
    }

    /** Adds callbacks that wait to be applied. */
    static void accept(Store store, String... bodies) throws StoreException {
        List<AcceptedCallback> batch = new ArrayList<>();
        for (String body : bodies) {
            RawCallback raw = new RawCallback("POST", null, "application/json", body.getBytes(StandardCharsets.UTF_8));
            batch.add(new AcceptedCallback(MAIN, START, raw));
        }
        store.accept(batch, START);
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
            boolean read = i % 11 > 0;
            batch.add(new Incoming(
                    account(i),
                    Source.WEBHOOK,
                    at,
                    raw,
                    events,
                    read ? null : "an unknown word",
                    read ? List.of() : List.of("m" + i, "another")));
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

    /** What the database says, question by question. */
    static Map<String, Object> answers(Reads reads, int messages) throws StoreException {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (int i = 0; i < messages; i++) {
            answers.put("message " + i, reads.message(key(i)).orElseThrow());
            answers.put("history " + i, reads.history(key(i)));
            answers.put("raw " + i, bodies(reads.callbacks().of(key(i))));
        }
        answers.put("accounts", reads.accounts());
        answers.put("open", reads.open(MAIN, Instant.now(), true));
        answers.put("open, not flagged", reads.open(OTHER, Instant.now(), false));
        answers.put("settled", reads.flaggedButSettled());
        answers.put("flags", reads.flagsActiveAfter(START));
        answers.put("activity", reads.activity());
        answers.put("traffic", reads.traffic(MAIN, Instant.now().truncatedTo(ChronoUnit.DAYS)));
        answers.put("report", reads.report(LocalDate.of(2026, 11, 2)));
        answers.put("codes", reads.errorCodes());
        answers.put("tokens", reads.tokens());
        answers.put("quarantine", reads.callbacks().quarantine(Long.MAX_VALUE, 1_000));
        answers.put("callbacks", reads.callbacks().since(Instant.EPOCH, 0, 10_000));
        answers.put("newest that waits", reads.callbacks().newestWaiting());
        answers.put("waiting since", reads.callbacks().waitingSince());
        return answers;
    }

    private static List<String> bodies(List<StoredCallback> callbacks) {
        return callbacks.stream()
                .map(callback -> callback.number() + " " + callback.raw().query() + " "
                        + new String(callback.raw().body(), StandardCharsets.UTF_8))
                .toList();
    }
}
