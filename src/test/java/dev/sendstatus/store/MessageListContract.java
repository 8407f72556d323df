package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What lists find, against the plain search through everything that {@link FakeStore} makes. A subclass names the database. */
public abstract class MessageListContract {
    protected static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));
    private static final RawCallback RAW = new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8));

    private final FakeStore expected = new FakeStore();

    /** The store under test; the same one during a test, unless {@link #reopen} was called. */
    protected abstract Store store();

    protected abstract Reads reads();

    /** Closes both and opens them again, as a restart would. */
    protected abstract void reopen() throws StoreException;

    /** Leaves out so many numbers, as if other messages had had them. */
    protected abstract void passSequences(int count) throws Exception;

    /** What pages find that use up their work again and again: after so many messages each. */
    protected abstract List<MessageKey> inLittleSteps(MessageFilter filter, int work) throws Exception;

    /** Codes that begin with a 3; a group of "any" names no texts, as the category of the unknown ones. */
    private record Threes(Set<String> texts) implements CodeGroup {
        @Override
        public boolean includes(Provider provider, String code) {
            return code.startsWith("3");
        }
    }

    private static List<UnaryOperator<MessageFilter.Builder>> conditions() {
        List<UnaryOperator<MessageFilter.Builder>> all = new ArrayList<>();
        for (SendStatus status : SendStatus.values()) {
            all.add(filter -> filter.status(status, SendStatus.SENT));
            all.add(filter -> filter.status(status, SendStatus.ERROR));
        }
        all.add(filter -> filter.provider(Histories.PROVIDER));
        all.add(filter -> filter.provider(new Provider("othertel")));
        for (String account : List.of("main", "second", "nobody")) {
            all.add(filter -> filter.account(account));
        }
        for (String to : List.of("12025550143", "+12025550144", "12345", "ACME", "whatsapp:+12025550143", "54321")) {
            all.add(filter -> filter.to(to));
        }
        for (String from : List.of("12025550199", "54321", "12345")) {
            all.add(filter -> filter.from(from));
        }
        for (String prefix : List.of("+1202*", "1202555014*", "AC*", "whatsapp:*", "+1303*")) {
            all.add(filter -> filter.to(prefix));
            all.add(filter -> filter.from(prefix));
        }
        for (Direction direction : Direction.values()) {
            all.add(filter -> filter.direction(direction));
        }
        all.add(filter -> filter.carrier("AT&T"));
        all.add(filter -> filter.carrier("AT"));
        for (String code : List.of("30003", "995", "x1", "1")) {
            all.add(filter -> filter.errorCode(code));
        }
        all.add(filter -> filter.category(new Threes(Set.of("30003", "30007", "39999"))));
        all.add(filter -> filter.category(new Threes(Set.of())));
        all.add(filter -> filter.campaign("autumn"));
        all.add(filter -> filter.campaign("spring"));
        all.add(filter -> filter.reference("order-1"));
        all.add(filter -> filter.reference("order-3"));
        all.add(filter -> filter.tag("vote"));
        all.add(filter -> filter.linkDomain("example.com"));
        for (boolean wanted : new boolean[] {true, false}) {
            all.add(filter -> filter.stuck(new MessageFilter.Stuck(wanted, NOW, LIMITS)));
            all.add(filter -> filter.conflict(wanted));
            all.add(filter -> filter.unconfirmed(wanted));
        }
        Instant middle = Instant.parse("2026-11-01T00:00:03Z");
        all.add(filter -> filter.between(middle, null));
        all.add(filter -> filter.between(null, middle));
        all.add(filter -> filter.between(middle.minusSeconds(2), middle));
        Instant sent = Instant.parse("2026-11-01T00:00:01Z");
        all.add(filter -> filter.sentBetween(sent, null));
        all.add(filter -> filter.sentBetween(null, sent));
        all.add(filter -> filter.sentBetween(sent, sent.plusSeconds(1)));
        return all;
    }

    /**
     * The same random callbacks to both, with late ones for old messages, over restarts, with gaps between the sequences so that
     * blocks become complete, and with the indexer wherever it happens to be.
     */
    protected void findsWhatASearchThroughEverythingFinds(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 1; i <= 400; i++) {
            commit(random, i);
            if (random.nextInt(8) == 0) {
                passSequences(random.nextInt(6_000));
            }
            if (seed > 1 && random.nextInt(8) == 0) {
                store().indexNext();
            }
            if (random.nextInt(100) == 0) {
                reopen();
            }
            if (i % 200 == 0) {
                compareAll(random);
            }
        }
        passSequences(40_000);
        while (store().indexNext()) {
            assertThat(seed).isPositive();
        }
        for (int i = 0; i < 40; i++) {
            commit(random, 401 + i);
        }
        compareAll(random);
    }

    private void commit(Random random, int i) throws StoreException {
        List<Incoming> batch = new ArrayList<>();
        for (int j = random.nextInt(4); j >= 0; j--) {
            // Mostly new messages, often older ones.
            int number = random.nextInt(3) == 0 ? random.nextInt(4 * i) : 4 * i + random.nextInt(4);
            MessageKey key = new MessageKey(Histories.PROVIDER, "m" + number);
            List<DeliveryEvent> events = new ArrayList<>();
            for (int k = random.nextInt(3); k >= 0; k--) {
                events.add(Histories.event(random, key));
            }
            AccountName account = new AccountName(Histories.PROVIDER, random.nextInt(6) == 0 ? "second" : "main");
            Instant at = Instant.parse("2026-11-01T00:00:00Z").plusMillis(i * 10L + j);
            batch.add(new Incoming(account, Source.WEBHOOK, at, RAW, events, null));
        }
        store().commit(batch);
        expected.commit(batch);
        if (random.nextInt(5) == 0) {
            flag(batch.get(0).events().get(0).message(), random.nextBoolean());
        }
    }

    private void flag(MessageKey key, boolean ended) throws StoreException {
        MessageState state = MessageState.of(expected.message(key).orElseThrow().history());
        StuckFlag flag = new StuckFlag(
                key,
                state.account(),
                state.from(),
                state.waitingSince(),
                NOW,
                NOW,
                StuckReason.SENT_NO_RECEIPT,
                null,
                null);
        flag = ended ? flag.ended(StuckFlag.Ending.NEVER_REPORTED, NOW) : flag;
        store().flag(List.of(flag));
        expected.flag(List.of(flag));
    }

    private void compareAll(Random random) throws Exception {
        compare(MessageFilter.ALL, "everything", random);
        List<UnaryOperator<MessageFilter.Builder>> conditions = conditions();
        int found = 0;
        for (int i = 0; i < conditions.size(); i++) {
            MessageFilter filter =
                    conditions.get(i).apply(new MessageFilter.Builder()).build();
            found += compare(filter, "condition " + i, random) > 0 ? 1 : 0;
        }
        assertThat(found).as("conditions that hold for some message").isGreaterThan(conditions.size() / 2);
        for (int i = 0; i < 60; i++) {
            MessageFilter.Builder filter = new MessageFilter.Builder();
            for (int j = 2 + random.nextInt(2); j > 0; j--) {
                filter = conditions.get(random.nextInt(conditions.size())).apply(filter);
            }
            compare(filter.build(), "combination", random);
        }
    }

    private int compare(MessageFilter filter, String name, Random random) throws Exception {
        List<StoredMessage> all = new ArrayList<>();
        try (MessageScan scan = expected.scan(filter)) {
            for (StoredMessage next = scan.next(); next != null; next = scan.next()) {
                all.add(next);
            }
        }
        List<MessageKey> keys =
                all.stream().map(message -> message.history().message()).toList();
        assertThat(scanned(filter)).as("scan: %s %s", name, filter).isEqualTo(keys);
        assertThat(paged(filter, 1 + random.nextInt(40)))
                .as("pages: %s %s", name, filter)
                .isEqualTo(keys);
        assertThat(inLittleSteps(filter, 1 + random.nextInt(20)))
                .as("steps: %s %s", name, filter)
                .isEqualTo(keys);
        return keys.size();
    }

    private List<MessageKey> scanned(MessageFilter filter) throws StoreException {
        List<MessageKey> keys = new ArrayList<>();
        try (MessageScan scan = reads().scan(filter)) {
            for (StoredMessage next = scan.next(); next != null; next = scan.next()) {
                keys.add(next.history().message());
                assertThat(next.flag())
                        .isEqualTo(expected.message(next.history().message())
                                .orElseThrow()
                                .flag());
            }
            assertThat(scan.progress()).isEqualTo(1);
        }
        return keys;
    }

    protected List<MessageKey> paged(MessageFilter filter, int limit) throws StoreException {
        List<MessageKey> keys = new ArrayList<>();
        Long before = null;
        do {
            MessagePage page = reads().page(filter, before, limit);
            assertThat(page.messages()).hasSizeLessThanOrEqualTo(limit);
            if (page.next() != null) {
                assertThat(page.messages()).hasSize(limit);
            }
            page.messages().forEach(message -> keys.add(message.history().message()));
            before = page.next();
        } while (before != null);
        return keys;
    }

    @Test
    void pagesRepeatNoneAndMissNoneThatWasThereWhileMessagesArrive() throws Exception {
        AtomicInteger number = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            store().commit(fresh(number, 100));
        }
        Set<String> atTheStart = new HashSet<>();
        for (int i = 0; i < number.get(); i++) {
            atTheStart.add("m" + i);
        }
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<StoreException> failure = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try {
                while (!stop.get()) {
                    store().commit(fresh(number, 20));
                }
            } catch (StoreException e) {
                failure.set(e);
            }
        });
        writer.start();
        List<String> seen = new ArrayList<>();
        int arrivedMeanwhile = 0;
        try {
            Long before = null;
            do {
                MessagePage page = reads().page(MessageFilter.ALL, before, 25);
                page.messages()
                        .forEach(message -> seen.add(message.history().message().id()));
                before = page.next();
            } while (before != null);
            arrivedMeanwhile = number.get() - atTheStart.size();
        } finally {
            stop.set(true);
            writer.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(arrivedMeanwhile).isPositive();
        assertThat(seen).doesNotHaveDuplicates().containsAll(atTheStart);
    }

    protected static List<Incoming> fresh(AtomicInteger number, int count) {
        List<Incoming> batch = new ArrayList<>();
        Random random = new Random(number.get());
        for (int i = 0; i < count; i++) {
            MessageKey key = new MessageKey(Histories.PROVIDER, "m" + number.getAndIncrement());
            batch.add(new Incoming(
                    new AccountName(Histories.PROVIDER, "main"),
                    Source.WEBHOOK,
                    NOW,
                    RAW,
                    List.of(Histories.event(random, key)),
                    null));
        }
        return batch;
    }

    @Test
    void aScanSeesNothingThatIsCommittedAfterItBegan() throws Exception {
        AtomicInteger number = new AtomicInteger();
        store().commit(fresh(number, 100));
        int seen = 0;
        try (MessageScan scan = reads().scan(MessageFilter.ALL)) {
            for (StoredMessage next = scan.next(); next != null; next = scan.next()) {
                if (seen++ % 10 == 0) {
                    store().commit(fresh(number, 5));
                }
            }
        }
        assertThat(seen).isEqualTo(100);
    }
}
