package dev.sendstatus.store.jdbc;

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
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lists find, against {@link MessageFilter#matches} of every message. A subclass names the database. */
public abstract class MessageListContract {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final StuckLimits LIMITS = new StuckLimits(
            Duration.ofHours(6),
            Map.of(new AccountName(Histories.PROVIDER, "second"), Duration.ofHours(20)),
            Duration.ofHours(30));
    /** Some of the messages wait, some are stuck, some given up. */
    private static final Instant AS_OF = BEGIN.plus(Duration.ofHours(40));

    private static final RawCallback RAW = new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8));
    private static final BiPredicate<Provider, String> THREES = (provider, code) -> code.startsWith("3");

    /** In the order in which they were first heard of. */
    private final List<MessageKey> known = new ArrayList<>();

    private List<StoredMessage> stored = List.of();

    protected abstract TestDatabase database();

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
        for (String to : List.of(
                "12025550143", "2025550143", "+12025550144", "12345", "ACME", "whatsapp:+12025550143", "54321")) {
            all.add(filter -> filter.to(to));
        }
        for (String from : List.of("12025550199", "2025550199", "54321", "12345")) {
            all.add(filter -> filter.from(from));
        }
        for (String prefix : List.of("+1202555*", "1202*", "543*", "whatsapp:*", "+*", "9*")) {
            all.add(filter -> filter.to(prefix));
            all.add(filter -> filter.from(prefix));
        }
        for (String code : List.of("30003", "995", "x1", "1")) {
            all.add(filter -> filter.errorCode(code));
        }
        all.add(filter -> filter.category(THREES));
        all.add(filter -> filter.category(THREES.negate()));
        all.add(filter -> filter.category((provider, code) -> false));
        all.add(filter -> filter.direction(Direction.INBOUND));
        all.add(filter -> filter.direction(Direction.OUTBOUND));
        all.add(filter -> filter.carrier("AT&T"));
        all.add(filter -> filter.campaign("autumn"));
        all.add(filter -> filter.campaign("spring"));
        all.add(filter -> filter.reference("order-1"));
        all.add(filter -> filter.reference("order-3"));
        all.add(filter -> filter.tag("vote"));
        all.add(filter -> filter.linkDomain("example.com"));
        for (boolean wanted : new boolean[] {true, false}) {
            all.add(filter -> filter.stuck(new MessageFilter.Stuck(wanted, AS_OF, LIMITS)));
            all.add(filter -> filter.conflict(wanted));
            all.add(filter -> filter.unconfirmed(wanted));
        }
        for (Duration middle :
                List.of(Duration.ofSeconds(3), Duration.ofHours(40).plusMillis(1_503))) {
            Instant time = BEGIN.plus(middle);
            all.add(filter -> filter.between(time, null));
            all.add(filter -> filter.between(null, time.plusNanos(1)));
            all.add(filter -> filter.between(time.minusSeconds(2), time));
            all.add(filter -> filter.between(time.plusNanos(1), time.plusSeconds(3_600 * 30)));
            all.add(filter -> filter.sentBetween(time, null));
            all.add(filter -> filter.sentBetween(null, time));
        }
        return all;
    }

    /** Random callbacks, with late ones for old messages, over restarts. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyFilterAndEveryCombinationFindsWhatASearchThroughEverythingFinds(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 1; i <= 400; i++) {
            commit(random, i);
            if (random.nextInt(100) == 0) {
                database().reopen();
            }
            if (i % 200 == 0) {
                compareAll(random);
            }
        }
    }

    private void commit(Random random, int i) throws StoreException {
        List<Incoming> batch = new ArrayList<>();
        for (int j = random.nextInt(4); j >= 0; j--) {
            // Mostly new messages, often older ones.
            int number = random.nextInt(3) == 0 ? random.nextInt(4 * i) : 4 * i + random.nextInt(4);
            MessageKey key = new MessageKey(Histories.PROVIDER, "m" + number);
            // Mostly as it comes, sometimes of what was days ago.
            Instant at = BEGIN.plusSeconds(600L * (random.nextInt(10) == 0 ? random.nextInt(i) : i))
                    .plusMillis(j);
            List<DeliveryEvent> events = new ArrayList<>();
            for (int k = random.nextInt(3); k >= 0; k--) {
                events.add(Histories.event(random, key, at));
            }
            AccountName account = new AccountName(Histories.PROVIDER, random.nextInt(6) == 0 ? "second" : "main");
            batch.add(new Incoming(account, Source.WEBHOOK, at, RAW, events, null));
        }
        database().store().commit(batch);
        // A batch's new messages are numbered by their keys.
        Set<MessageKey> fresh = new TreeSet<>();
        batch.forEach(incoming -> incoming.events().forEach(event -> fresh.add(event.message())));
        known.forEach(fresh::remove);
        known.addAll(fresh);
        if (random.nextInt(5) == 0) {
            flag(batch.get(0).events().get(0).message(), random.nextBoolean());
        }
    }

    private void flag(MessageKey key, boolean ended) throws StoreException {
        MessageState state = database().reads().message(key).orElseThrow().state();
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
        database().store().flag(List.of(flag));
    }

    private void compareAll(Random random) throws Exception {
        stored = new ArrayList<>();
        for (MessageKey key : known) {
            stored.add(database().reads().message(key).orElseThrow());
        }
        Collections.reverse(stored);
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
        List<StoredMessage> all =
                stored.stream().filter(message -> filter.matches(message)).toList();
        List<MessageKey> keys = keys(all);
        assertThat(scanned(filter)).as("scan: %s %s", name, filter).isEqualTo(all);
        assertThat(paged(filter, 1 + random.nextInt(40)))
                .as("pages: %s %s", name, filter)
                .isEqualTo(keys);
        assertThat(inLittleSteps(filter, 1 + random.nextInt(20)))
                .as("steps: %s %s", name, filter)
                .isEqualTo(keys);
        return keys.size();
    }

    private static List<MessageKey> keys(List<StoredMessage> messages) {
        return messages.stream().map(message -> message.state().message()).toList();
    }

    private List<StoredMessage> scanned(MessageFilter filter) throws StoreException {
        List<StoredMessage> all = new ArrayList<>();
        try (MessageScan scan = database().reads().scan(filter)) {
            for (StoredMessage next = scan.next(); next != null; next = scan.next()) {
                all.add(next);
                assertThat(scan.progress()).isBetween(0.0, 1.0);
            }
            assertThat(scan.progress()).isEqualTo(1);
        }
        return all;
    }

    /** What pages find that use up their work again and again, so that they come back short. */
    private List<MessageKey> inLittleSteps(MessageFilter filter, int work) throws SQLException {
        List<MessageKey> keys = new ArrayList<>();
        try (Connection connection = database().dialect().scanner();
                Session session = new Session(connection)) {
            Long before = null;
            do {
                MessagePage page = MessageQuery.page(database().dialect(), session, filter, before, 2 * work, 8 * work);
                keys.addAll(keys(page.messages()));
                before = page.next();
            } while (before != null);
        }
        return keys;
    }

    private List<MessageKey> paged(MessageFilter filter, int limit) throws StoreException {
        List<MessageKey> keys = new ArrayList<>();
        Long before = null;
        do {
            MessagePage page = database().reads().page(filter, before, limit);
            assertThat(page.messages()).hasSizeLessThanOrEqualTo(limit);
            if (page.next() != null) {
                assertThat(page.messages()).hasSize(limit);
            }
            keys.addAll(keys(page.messages()));
            before = page.next();
        } while (before != null);
        return keys;
    }

    @Test
    void pagesRepeatNoneAndMissNoneThatWasThereWhileMessagesArrive() throws Exception {
        AtomicInteger number = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            database().store().commit(fresh(number, 100));
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
                    database().store().commit(fresh(number, 20));
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
                MessagePage page = database().reads().page(MessageFilter.ALL, before, 25);
                page.messages()
                        .forEach(message -> seen.add(message.state().message().id()));
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

    private static List<Incoming> fresh(AtomicInteger number, int count) {
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
        database().store().commit(fresh(number, 100));
        int seen = 0;
        try (MessageScan scan = database().reads().scan(MessageFilter.ALL)) {
            for (StoredMessage next = scan.next(); next != null; next = scan.next()) {
                if (seen++ % 10 == 0) {
                    database().store().commit(fresh(number, 5));
                }
            }
        }
        assertThat(seen).isEqualTo(100);
    }
}
