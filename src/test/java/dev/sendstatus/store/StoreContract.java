package dev.sendstatus.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database must do. A subclass names one. */
public abstract class StoreContract {
    protected static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    protected static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    protected abstract TestDatabase database();

    /** The store under test; the same one during a test, unless {@link #reopen} was called. */
    protected Store store() {
        return database().store();
    }

    protected Reads reads() {
        return database().reads();
    }

    /** Closes both and opens them again, as a restart would. */
    protected void reopen() throws StoreException {
        database().reopen();
    }

    protected static RawCallback raw(String body) {
        return new RawCallback("POST", "a=1", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    protected static DeliveryEvent event(String id, Progress progress) {
        return DeliveryEvent.of(new MessageKey(Histories.PROVIDER, id), Direction.OUTBOUND, progress, progress.name())
                .to("+12025550143")
                .from("+12025550199")
                .build();
    }

    protected static Incoming incoming(DeliveryEvent... events) {
        return new Incoming(ACCOUNT, Source.WEBHOOK, NOW, raw("body"), List.of(events), null);
    }

    private static MessageKey key(String id) {
        return new MessageKey(Histories.PROVIDER, id);
    }

    /** After a restart, or by a command: nobody has asked for the accounts in this process. */
    @Test
    void whatAnotherProcessAcceptedIsApplied() throws StoreException {
        AccountName second = new AccountName(Histories.PROVIDER, "second");
        store().commit(List.of(
                new Incoming(second, Source.WEBHOOK, NOW, raw("one"), List.of(event("m1", Progress.SENT)), null)));
        store().accept(List.of(new AcceptedCallback(ACCOUNT, NOW, raw("two"))), NOW);
        reopen();
        assertThat(store().apply(10, (callback, source) -> incoming(event("m1", Progress.DELIVERED))))
                .hasSize(1);
        assertThat(reads().history(key("m1")).events())
                .extracting(RecordedEvent::account)
                .containsExactly(second, ACCOUNT);
    }

    /** The same random histories through the store and through the pure merge, in batches, over restarts, with repeats. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void storedStatesAreWhatTheMergeSays(long seed) throws StoreException {
        Random random = new Random(seed);
        Map<MessageKey, List<RecordedEvent>> expected = new HashMap<>();
        List<Incoming> batch = new ArrayList<>();
        List<Incoming> accepted = new ArrayList<>();
        long sequence = 1;
        for (int i = 0; i < 400; i++) {
            MessageKey key = key("m" + random.nextInt(40));
            AccountName account = new AccountName(Histories.PROVIDER, random.nextInt(5) == 0 ? "second" : "main");
            List<DeliveryEvent> events = new ArrayList<>();
            for (int j = random.nextInt(4); j > 0; j--) {
                events.add(Histories.event(random, random.nextInt(3) == 0 ? key("m" + random.nextInt(40)) : key));
            }
            Instant at = NOW.plusMillis(i);
            batch.add(new Incoming(account, Source.WEBHOOK, at, raw("{\"n\":" + i + "}"), events, null));
            for (int j = 0; j < events.size(); j++) {
                expected.computeIfAbsent(events.get(j).message(), k -> new ArrayList<>())
                        .add(new RecordedEvent(sequence + j, at, true, Source.WEBHOOK, account, events.get(j)));
            }
            sequence += Math.max(1, events.size());
            if (random.nextInt(10) == 0) {
                write(random, batch, accepted);
                batch.clear();
                List<MessageKey> known = List.copyOf(expected.keySet());
                MessageKey any = known.isEmpty() ? key : known.get(random.nextInt(known.size()));
                applyAll(accepted);
                requireStored(any, expected.getOrDefault(any, List.of()));
            }
            if (random.nextInt(100) == 0) {
                reopen();
            }
        }
        applyAll(accepted);
        store().commit(batch);
        for (Map.Entry<MessageKey, List<RecordedEvent>> message : expected.entrySet()) {
            requireStored(message.getKey(), message.getValue());
        }
    }

    /** At once, or as the server does it: accepted first, applied some time later. */
    private void write(Random random, List<Incoming> batch, List<Incoming> accepted) throws StoreException {
        if (random.nextInt(3) == 0) {
            applyAll(accepted);
            store().commit(batch);
            return;
        }
        store().accept(
                        batch.stream()
                                .map(one -> new AcceptedCallback(one.account(), one.receivedAt(), one.raw()))
                                .toList(),
                        NOW);
        accepted.addAll(batch);
        if (random.nextBoolean()) {
            applyAll(accepted);
        }
    }

    /** The callbacks' bodies are told apart by their numbers, so each finds what it says. */
    private void applyAll(List<Incoming> accepted) throws StoreException {
        Map<String, Incoming> byBody = new HashMap<>();
        accepted.forEach(one -> byBody.put(new String(one.raw().body(), StandardCharsets.UTF_8), one));
        Store.Interpreter interpreter = (callback, source) -> requireNonNull(
                byBody.get(new String(callback.raw().body(), StandardCharsets.UTF_8)), "each body is of one");
        while (!store().apply(7, interpreter).isEmpty()) {
            assertThat(accepted).isNotEmpty();
        }
        accepted.clear();
    }

    private void requireStored(MessageKey key, List<RecordedEvent> events) throws StoreException {
        if (events.isEmpty()) {
            assertThat(reads().message(key)).isEmpty();
            return;
        }
        MessageHistory history = Histories.history(key, events);
        assertThat(reads().message(key).orElseThrow().state()).isEqualTo(MessageState.of(history));
        assertThat(inOrder(reads().history(key))).isEqualTo(inOrder(history));
    }

    /** The events with their places in the order of arrival. */
    private static List<RecordedEvent> inOrder(MessageHistory history) {
        List<RecordedEvent> events = new ArrayList<>();
        for (RecordedEvent e : history.events()) {
            // Numbers go up, but where several nodes write not by one: their order is what is promised.
            events.add(new RecordedEvent(events.size(), e.receivedAt(), true, e.source(), e.account(), e.event()));
        }
        return events;
    }

    @Test
    void aRepeatIsKeptRawButIsNoSecondEvent() throws StoreException {
        store().commit(List.of(incoming(event("m1", Progress.SENT))));
        store().commit(List.of(incoming(event("m1", Progress.SENT)), incoming(event("m1", Progress.SENT))));
        assertThat(reads().history(key("m1")).events()).hasSize(1);
        assertThat(allCallbacks()).hasSize(3);
        assertThat(reads().callbacks().of(key("m1")))
                .as("that said something new")
                .hasSize(1);
    }

    @Test
    void theHistorySaysWhatChangedTheState() throws StoreException {
        store().commit(List.of(
                incoming(event("m1", Progress.SENT)),
                incoming(event("m1", Progress.DELIVERED)),
                incoming(event("m1", Progress.ACCEPTED))));
        assertThat(reads().history(key("m1")).events())
                .extracting(RecordedEvent::changed)
                .containsExactly(true, true, false);
    }

    @Test
    void rawCallbacksComeBackByteForByte() throws StoreException {
        byte[] body = new byte[10_000];
        new Random(1).nextBytes(body);
        RawCallback odd = new RawCallback("GET", null, null, body);
        store().commit(List.of(
                incoming(event("m1", Progress.SENT), event("m2", Progress.SENT)),
                new Incoming(ACCOUNT, Source.WEBHOOK, NOW, odd, List.of(), "not understood"),
                incoming(event("m3", Progress.SENT))));
        reopen();
        List<StoredCallback> raw = allCallbacks();
        assertThat(raw).hasSize(3);
        RawCallback back = raw.get(1).raw();
        assertThat(back.body()).isEqualTo(body);
        assertThat(back.method()).isEqualTo("GET");
        assertThat(back.query()).isNull();
        assertThat(back.mediaType()).isNull();
        assertThat(raw.get(0).raw().query()).isEqualTo("a=1");
        assertThat(raw.get(2).raw().mediaType()).isEqualTo("application/json");
        assertThat(reads().callbacks().one(0)).isEmpty();
    }

    @Test
    void idsAreOpaqueAndComparedByteForByte() throws StoreException {
        List<String> ids = List.of(
                "007",
                "7",
                "+7",
                "SM0123456789abcdef0123456789abcdef",
                "SM0123456789ABCDEF0123456789abcdef",
                "sm0123456789abcdef0123456789abcdef",
                "40316f6a-41b2-4c5c-9d5e-2b9f6c1d7e8f",
                "40316F6A-41B2-4C5C-9D5E-2B9F6C1D7E8F",
                "a",
                "A",
                " a",
                "ä/%2F?#",
                "x".repeat(3_000));
        for (String id : ids) {
            store().commit(List.of(incoming(event(id, Progress.SENT))));
        }
        for (String id : ids) {
            assertThat(reads().messages(id)).singleElement().satisfies(message -> {
                assertThat(message.state().message().id()).isEqualTo(id);
            });
        }
        assertThat(reads().messages("0007")).isEmpty();
    }

    @Test
    void anIdThatTwoProvidersUseIsTwoMessages() throws StoreException {
        AccountName other = new AccountName(new Provider("othertel"), "main");
        store().commit(List.of(
                incoming(event("m1", Progress.SENT)),
                new Incoming(
                        other,
                        Source.WEBHOOK,
                        NOW,
                        raw("b"),
                        List.of(DeliveryEvent.of(
                                        new MessageKey(other.provider(), "m1"),
                                        Direction.OUTBOUND,
                                        Progress.FAILED,
                                        "failed")
                                .build()),
                        null)));
        assertThat(reads().messages("m1")).hasSize(2);
    }

    @Test
    void openMessagesAreFoundByTheTimeTheyWait() throws StoreException {
        store().commit(List.of(
                incoming(event("open", Progress.SENT)),
                incoming(event("done", Progress.SENT), event("done", Progress.DELIVERED)),
                incoming(event("never", Progress.UNCONFIRMED))));
        assertThat(reads().open(ACCOUNT, NOW, false))
                .extracting(open -> open.state().message().id())
                .containsExactly("open");
        assertThat(reads().open(ACCOUNT, NOW.minusMillis(1), false)).isEmpty();
        store().commit(List.of(incoming(event("open", Progress.FAILED))));
        assertThat(reads().open(ACCOUNT, NOW, false)).isEmpty();
    }

    @Test
    void flagsAreSetEndedAndFoundAgain() throws StoreException {
        store().commit(List.of(incoming(event("m1", Progress.SENT)), incoming(event("m2", Progress.SENT))));
        StuckFlag flag = new StuckFlag(
                key("m1"),
                ACCOUNT,
                "+12025550199",
                NOW,
                NOW.plusSeconds(60),
                NOW.plusSeconds(90),
                StuckReason.SENT_NO_RECEIPT,
                null,
                null);
        store().flag(List.of(flag));
        assertThat(reads().message(key("m1")).orElseThrow().flag()).isEqualTo(flag);
        assertThat(reads().open(ACCOUNT, NOW, false)).hasSize(1);
        assertThat(reads().open(ACCOUNT, NOW, true)).hasSize(2);
        assertThat(reads().flaggedButSettled()).isEmpty();
        store().commit(List.of(incoming(event("m1", Progress.DELIVERED))));
        assertThat(reads().flaggedButSettled()).hasSize(1);
        StuckFlag ended = new StuckFlag(
                key("m1"),
                ACCOUNT,
                "+12025550199",
                NOW,
                NOW.plusSeconds(60),
                NOW.plusSeconds(90),
                StuckReason.SENT_NO_RECEIPT,
                StuckFlag.Ending.DELIVERED,
                NOW.plusSeconds(100));
        store().flag(List.of(ended));
        assertThat(reads().flaggedButSettled()).isEmpty();
        assertThat(reads().flagsActiveAfter(NOW.plusSeconds(99))).containsExactly(ended);
        assertThat(reads().flagsActiveAfter(NOW.plusSeconds(100))).isEmpty();
    }

    @Test
    void aDaysReportIsKeptOnce() throws StoreException {
        LocalDate day = LocalDate.parse("2026-11-25");
        assertThat(store().keep(new KeptReport(day, NOW, "{\"first\":true}"), List.of(), NOW))
                .isTrue();
        assertThat(store().keep(new KeptReport(day, NOW.plusSeconds(1), "{}"), List.of(), NOW))
                .isFalse();
        reopen();
        assertThat(reads().report(day)).contains(new KeptReport(day, NOW, "{\"first\":true}"));
        assertThat(reads().reportDates()).containsExactly(day);
        assertThat(reads().report(day.plusDays(1))).isEmpty();
    }

    @Test
    void activitySaysWhenTheLastCallbackCameAndWhatWasRefused() throws StoreException {
        store().commit(List.of(incoming()));
        store().addRefused(List.of(new Refused(ACCOUNT, "wrong", 2, NOW)));
        store().addRefused(List.of(new Refused(ACCOUNT, "wrong", 3, NOW.plusSeconds(5))));
        reopen();
        assertThat(reads().activity())
                .containsExactly(new AccountActivity(ACCOUNT, NOW, Map.of("wrong", 5L), NOW.plusSeconds(5), null));
    }

    @Test
    void theNewestHintStaysUntilANewerOneIsKnown() throws StoreException {
        store().addRefused(List.of(new Refused(ACCOUNT, "wrong", 1, NOW, "the first")));
        store().addRefused(List.of(new Refused(ACCOUNT, "wrong", 1, NOW.plusSeconds(1), "the second")));
        store().addRefused(List.of(new Refused(ACCOUNT, "wrong", 1, NOW.plusSeconds(2))));
        reopen();
        assertThat(reads().activity()).extracting(AccountActivity::hint).containsExactly("the second");
    }

    @Test
    void callbacksAreCountedByTheHourAndOldCountsForgotten() throws StoreException {
        long hour = NOW.getEpochSecond() / 3_600;
        store().addTraffic(List.of(new Traffic(ACCOUNT, NOW.minus(Duration.ofDays(60)), 7)));
        store().addTraffic(List.of(new Traffic(ACCOUNT, NOW.minus(Duration.ofDays(28)), 5)));
        store().addTraffic(List.of(new Traffic(ACCOUNT, NOW, 2)));
        store().addTraffic(List.of(new Traffic(ACCOUNT, NOW, 3)));
        reopen();
        assertThat(reads().traffic(ACCOUNT, NOW).callbacks())
                .containsExactlyInAnyOrderEntriesOf(Map.of(hour - 28 * 24, 5L, hour, 5L));
    }

    @Test
    void messagesThatWaitSinceBeforeTheLastCallbackAreNotUnanswered() throws StoreException {
        Instant later = NOW.plus(Duration.ofHours(1));
        store().commit(List.of(incoming(event("m1", Progress.SENT))));
        assertThat(reads().traffic(ACCOUNT, later).lastCallbackAt()).isEqualTo(NOW);
        assertThat(reads().traffic(ACCOUNT, later).unanswered()).isZero();
    }

    @Test
    void sendsThatWereRegisteredAfterTheLastCallbackAreUnanswered() throws StoreException {
        Instant sent = NOW.plus(Duration.ofMinutes(10));
        store().commit(List.of(incoming(event("m1", Progress.SENT))));
        store().commit(List.of(new Incoming(
                ACCOUNT,
                Source.REGISTRATION,
                sent,
                raw("body"),
                List.of(event("m2", Progress.REGISTERED), event("m3", Progress.REGISTERED)),
                null)));
        assertThat(reads().traffic(ACCOUNT, sent.plus(Duration.ofMinutes(29))).unanswered())
                .isZero();
        assertThat(reads().traffic(ACCOUNT, sent.plus(Duration.ofMinutes(30))).unanswered())
                .isEqualTo(2);
    }

    @Test
    void theOrderOfArrivalGoesOnAfterARestart() throws StoreException {
        store().commit(List.of(incoming(event("m1", Progress.SENT), event("m2", Progress.SENT))));
        long before = sequence("m2");
        reopen();
        store().commit(List.of(incoming(event("m3", Progress.SENT))));
        assertThat(before).isEqualTo(sequence("m1") + 1);
        assertThat(sequence("m3")).isGreaterThan(before);
        assertThat(reads().nextSequence()).isGreaterThan(sequence("m3"));
    }

    private long sequence(String id) throws StoreException {
        return reads().history(key(id)).events().get(0).sequence();
    }

    /** All callbacks, as a replay finds them. */
    protected List<StoredCallback> allCallbacks() throws StoreException {
        return callbacksSince(Instant.EPOCH);
    }

    private List<StoredCallback> callbacksSince(Instant since) throws StoreException {
        List<StoredCallback> all = new ArrayList<>();
        List<Long> page = reads().callbacks().since(since, 0, 40);
        while (!page.isEmpty()) {
            for (long number : page) {
                all.add(reads().callbacks().one(number).orElseThrow());
            }
            page = reads().callbacks().since(since, page.get(page.size() - 1), 40);
        }
        return all;
    }

    @Test
    void callbacksAreReadOneAfterTheOtherAndFromATimeOn() throws StoreException {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            batch.add(new Incoming(
                    ACCOUNT,
                    Source.WEBHOOK,
                    NOW.plusSeconds(i),
                    raw("n" + i),
                    List.of(event("m" + i, Progress.SENT)),
                    null));
        }
        store().commit(batch);
        store().commit(List.of(
                new Incoming(ACCOUNT, Source.WEBHOOK, NOW.plusSeconds(900), raw("last"), List.of(), "odd")));
        assertThat(allCallbacks()).hasSize(151);
        assertThat(allCallbacks()).extracting(StoredCallback::number).isSorted().doesNotHaveDuplicates();
        List<StoredCallback> late = callbacksSince(NOW.plusSeconds(900));
        assertThat(late)
                .singleElement()
                .satisfies(callback -> assertThat(new String(callback.raw().body(), StandardCharsets.UTF_8))
                        .isEqualTo("last"));
        assertThat(reads().callbacks().quarantine(Long.MAX_VALUE, 10))
                .singleElement()
                .satisfies(odd -> assertThat(odd.number()).isEqualTo(late.get(0).number()));
    }

    @Test
    void textsOfAnyKindComeBackOrAreShownWithAReplacement() throws StoreException {
        String odd = "a\0b\uD800";
        DeliveryEvent event = DeliveryEvent.of(key("odd"), Direction.OUTBOUND, Progress.FAILED, odd)
                .to(odd)
                .from(odd)
                .errorCode(odd)
                .carrier("x".repeat(5_000))
                .build();
        store().commit(List.of(new Incoming(ACCOUNT, Source.WEBHOOK, NOW, raw("b"), List.of(event), "odd \0 reason")));
        store().addErrorCodes(List.of(new SeenErrorCode(Histories.PROVIDER, odd, 1, NOW)));
        reopen();
        DeliveryEvent back = reads().history(key("odd")).events().get(0).event();
        assertThat(back.carrier()).hasSize(5_000);
        assertThat(back.providerStatus()).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(back).isEqualTo(event);
        assertThat(reads().callbacks().quarantineSize()).isEqualTo(1);
        assertThat(reads().errorCodes()).hasSize(1);
    }

    @Test
    void whatWasAskedIsRememberedAndReplacedAndForgotten() throws StoreException {
        store().noteAsked(List.of(new PastLookup(key("m1"), NOW, true), new PastLookup(key("m2"), NOW, true)));
        store().noteAsked(List.of(new PastLookup(key("m1"), NOW.plusSeconds(5), false)));
        reopen();
        assertThat(reads().asked(List.of(key("m1"), key("m2"), key("m3"))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        key("m1"), new PastLookup(key("m1"), NOW.plusSeconds(5), false),
                        key("m2"), new PastLookup(key("m2"), NOW, true)));
        store().forgetAsked(NOW.plusSeconds(1));
        assertThat(reads().asked(List.of(key("m1"), key("m2")))).containsOnlyKeys(key("m1"));
    }

    @Test
    void countsOfErrorCodesAddUpAndSurviveARestart() throws StoreException {
        Instant later = NOW.plusSeconds(60);
        store().addErrorCodes(List.of(new SeenErrorCode(Histories.PROVIDER, "4770", 2, later)));
        store().addErrorCodes(List.of(
                new SeenErrorCode(Histories.PROVIDER, "4770", 3, NOW),
                new SeenErrorCode(Histories.PROVIDER, "9902", 1, NOW)));
        reopen();
        assertThat(reads().errorCodes())
                .containsExactly(
                        new SeenErrorCode(Histories.PROVIDER, "4770", 5, later),
                        new SeenErrorCode(Histories.PROVIDER, "9902", 1, NOW));
    }

    @Test
    void aTokenIsKeptUntilItIsRemovedAndItsLastUseGoesOnlyForward() throws StoreException {
        StoredToken token = new StoredToken("crm", TokenHash.of("one"), TokenScope.READ, NOW, null);
        assertThat(store().addToken(token)).isTrue();
        assertThat(store().addToken(new StoredToken("crm", TokenHash.of("two"), TokenScope.WRITE, NOW, null)))
                .as("the name is taken")
                .isFalse();
        Instant later = NOW.plusSeconds(60);
        store().usedTokens(List.of(used(token, later)));
        store().usedTokens(List.of(used(token, NOW)));
        reopen();
        assertThat(reads().tokens()).containsExactly(used(token, later));
        assertThat(store().removeToken("crm")).isTrue();
        assertThat(store().removeToken("crm")).isFalse();
        assertThat(reads().tokens()).isEmpty();
    }

    @Test
    void aUseOfARemovedTokenIsNotTheOneThatHasItsNameNow() throws StoreException {
        StoredToken before = new StoredToken("crm", TokenHash.of("one"), TokenScope.READ, NOW, null);
        StoredToken now = new StoredToken("crm", TokenHash.of("two"), TokenScope.READ, NOW, null);
        store().addToken(now);
        store().usedTokens(List.of(used(before, NOW)));
        assertThat(reads().tokens()).containsExactly(now);
    }

    @Test
    void aSessionOfTheDashboardIsKeptUntilItEnds() throws StoreException {
        DashboardSession first = session("first", NOW);
        store().addDashboardSession(first, NOW.minusSeconds(700), NOW.minusSeconds(100));
        Instant later = NOW.plusSeconds(60);
        store().usedDashboardSession(first.hash(), later);
        store().usedDashboardSession(first.hash(), NOW);
        reopen();
        assertThat(reads().dashboardSession(first.hash()))
                .contains(new DashboardSession(first.hash(), first.boundTo(), NOW, later));
        assertThat(reads().dashboardSession(TokenHash.of("none"))).isEmpty();

        DashboardSession second = session("second", later);
        store().addDashboardSession(second, NOW.minusSeconds(1), NOW);
        assertThat(reads().dashboardSession(first.hash())).isPresent();
        store().addDashboardSession(session("third", later), NOW.minusSeconds(1), later);
        assertThat(reads().dashboardSession(first.hash())).as("not used since").isEmpty();
        assertThat(reads().dashboardSession(second.hash())).isEmpty();
        store().addDashboardSession(session("fourth", later), NOW, NOW);
        store().removeDashboardSession(TokenHash.of("fourth"));
        assertThat(reads().dashboardSession(TokenHash.of("fourth"))).isEmpty();
        assertThat(reads().dashboardSession(TokenHash.of("third"))).isPresent();
        store().addDashboardSession(session("fifth", later), later, NOW);
        assertThat(reads().dashboardSession(TokenHash.of("third")))
                .as("too old")
                .isEmpty();
    }

    private static DashboardSession session(String secret, Instant at) {
        return new DashboardSession(TokenHash.of(secret), TokenHash.of(secret + " bound"), at, at);
    }

    private static StoredToken used(StoredToken token, Instant at) {
        return new StoredToken(token.name(), token.hash(), token.scope(), token.createdAt(), at);
    }
}
