package dev.sendstatus.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.ingest.SettableClock;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.state.Change;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.HookedReads;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import dev.sendstatus.store.jdbc.Erasure;
import dev.sendstatus.store.jdbc.Reads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relay against a receiver that fails in every way. */
abstract class RelayContract {
    private static final MessageDocument DOCUMENT = new MessageDocument(
            SendStatus.SENT,
            Catalogue.of(List.of(new Provider("twilio"))),
            new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7)));
    private static final String NAME = "main";
    private static final int STATEMENTS_OF_A_LOOK = 12;

    private TestDatabase database;

    private final SettableClock clock = new SettableClock();
    private final List<Relay> relays = new ArrayList<>();
    /** The threads that push for a relay. */
    private final Map<Relay, Set<Thread>> pushing = new ConcurrentHashMap<>();

    private Receiver receiver;

    abstract TestDatabase database();

    @BeforeEach
    void open() throws Exception {
        database = database();
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        relays.forEach(Relay::close);
        receiver.close();
        assertThat(receiver.wrong).isEmpty();
    }

    private Relay relay(EndpointSettings... endpoints) throws StoreException {
        return relay(true, endpoints);
    }

    private Relay relay(boolean sole, EndpointSettings... endpoints) throws StoreException {
        return relay(sole, database.reads(), endpoints);
    }

    private Relay relay(boolean sole, Reads reads, EndpointSettings... endpoints) throws StoreException {
        Set<Thread> others = pushing();
        Relay relay = new Relay(List.of(endpoints), database.store(), reads, DOCUMENT, clock, new SimpleMeterRegistry())
                .start(sole);
        database.store().whenEventsCome(relay::wake);
        relays.add(relay);
        Set<Thread> its = pushing();
        its.removeAll(others);
        pushing.put(relay, its);
        return relay;
    }

    private static Set<Thread> pushing() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("relay-"))
                .collect(Collectors.toSet());
    }

    /** Ends a relay as a crash of its process would: wherever its threads are, and nothing more is kept. */
    private void crash(Relay relay) throws InterruptedException {
        Set<Thread> its = Objects.requireNonNull(pushing.get(relay));
        assertThat(its).isNotEmpty();
        its.forEach(Thread::interrupt);
        for (Thread thread : its) {
            thread.join();
        }
    }

    private TextMessage message(String id) {
        return TextMessage.in(database.store(), TextMessage.TWILIO, id);
    }

    /** Each message is sent and delivered. */
    private void messages(String prefix, int from, int to) throws StoreException {
        for (Progress progress : List.of(Progress.SENT, Progress.DELIVERED)) {
            List<Incoming> batch = new ArrayList<>();
            for (int i = from; i < to; i++) {
                batch.add(new Incoming(
                        TextMessage.TWILIO,
                        Source.WEBHOOK,
                        Instant.now(),
                        new RawCallback("POST", null, null, new byte[0]),
                        List.of(DeliveryEvent.of(
                                        new MessageKey(TextMessage.TWILIO.provider(), prefix + i),
                                        Direction.OUTBOUND,
                                        progress,
                                        progress.name().toLowerCase(Locale.ROOT))
                                .to("+12025550123")
                                .build()),
                        null));
            }
            database.store().commit(batch);
        }
    }

    private RelayEndpoint endpoint() throws StoreException {
        return database.reads().relay().endpoint(NAME).orElseThrow();
    }

    private List<RelayDelivery> deliveries() throws StoreException {
        return database.reads().relay().deliveries(NAME, null, Long.MAX_VALUE, 1000);
    }

    private long newest() throws StoreException {
        return database.reads().nextSequence() - 1;
    }

    private void awaitAll() throws StoreException {
        long newest = newest();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> endpoint().position() >= newest && endpoint().state() == RelayEndpoint.State.ACTIVE);
    }

    private void assertNothingDone() throws StoreException {
        assertThat(endpoint().position())
                .isLessThan(database.reads().changes(0, 1).changes().get(0).sequence());
    }

    private void awaitState(RelayEndpoint.State state) {
        await().until(() -> endpoint().state() == state);
    }

    private void forward(Duration time) {
        clock.forward(time);
        relays.forEach(Relay::wake);
    }

    @Test
    void everyChangeArrivesOnceSignedAndInTheOrderOfItsMessage() throws Exception {
        messages("before-", 0, 300);
        relay(receiver.endpoint(NAME));
        messages("after-", 0, 300);
        awaitAll();
        assertThat(receiver.received).hasSize(1200);
        assertThat(receiver.distinct()).hasSize(1200);
        assertThat(receiver.outOfOrder()).isEmpty();
        String feed = database.reads().changes(0, 0).feed();
        assertThat(receiver.received).allSatisfy(push -> {
            assertThat(push.id()).isEqualTo("chg_" + feed + "_" + push.sequence());
            assertThat(push.type()).isEqualTo(push.data().path("type").asText()).startsWith("message.");
        });
        assertThat(deliveries()).isEmpty();
    }

    @Test
    void aNewEndpointBeginsWithTheNextChangeAndGetsOnlyWhatItWants() throws Exception {
        messages("before-", 0, 3);
        EndpointSettings all = receiver.endpoint(NAME);
        relay(new EndpointSettings(
                NAME,
                all.destination(),
                Set.of(Change.Type.DELIVERED),
                Set.of("twilio/main"),
                Set.of(),
                Set.of(),
                8,
                false));
        TextMessage.in(database.store(), TextMessage.TELNYX, "other").deliveredAt(Instant.now());
        messages("after-", 0, 3);
        awaitAll();
        assertThat(receiver.received).hasSize(3).allSatisfy(push -> {
            assertThat(push.message()).startsWith("after-");
            assertThat(push.type()).isEqualTo("message.delivered");
        });
    }

    @Test
    void whatHappenedWhileTheReceiverWasDownArrivesInOrder() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        receiver.answer =
                push -> asked.incrementAndGet() > 100 && asked.get() < 130 ? Receiver.status(503) : Receiver.OK;
        relay(receiver.endpoint(NAME));
        messages("a-", 0, 100);
        awaitState(RelayEndpoint.State.FAILING);
        assertThat(endpoint().reason()).isEqualTo("HTTP 503");
        assertThat(endpoint().failingSince()).isNotNull();
        assertThat(endpoint().nextProbeAt()).isAfter(clock.instant());
        messages("b-", 0, 100);
        for (int i = 0; i < 40 && endpoint().state() != RelayEndpoint.State.ACTIVE; i++) {
            int before = receiver.received.size();
            forward(Duration.ofHours(2));
            await().until(() -> receiver.received.size() > before);
        }
        awaitAll();
        assertThat(receiver.distinct()).hasSize(400);
        assertThat(receiver.outOfOrder()).isEmpty();
        assertThat(deliveries()).isEmpty();
        assertThat(endpoint().reason()).isNull();
    }

    @Test
    void tenThousandChangesAgainstADeadEndpointLeaveOneRow() throws Exception {
        Receiver dead = new Receiver();
        EndpointSettings settings = dead.endpoint(NAME);
        dead.close();
        messages("a-", 0, 2500);
        relay(settings);
        awaitState(RelayEndpoint.State.FAILING);
        messages("b-", 0, 2500);
        for (int i = 0; i < 5; i++) {
            int probes = endpoint().probes();
            forward(Duration.ofHours(1));
            await().until(() -> endpoint().probes() > probes);
        }
        assertThat(endpoint().reason()).contains("no connection");
        assertNothingDone();
        assertThat(deliveries()).isEmpty();
        assertThat(database.texts("SELECT count(*) FROM relay_endpoint")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void eachSuccessIsOne(int status) throws Exception {
        receiver.answer = push -> Receiver.status(status);
        relay(receiver.endpoint(NAME));
        messages("a-", 0, 2);
        awaitAll();
        assertThat(receiver.received).hasSize(4);
        assertThat(endpoint().lastSuccessAt()).isNotNull();
        assertThat(deliveries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 304, 400, 404})
    void whatIsRefusedIsRetriedWhileOthersGoOn(int status) throws Exception {
        receiver.answer = push -> push.message().equals("bad")
                ? new MockResponse.Builder()
                        .code(status)
                        .setHeader("Location", "http://169.254.169.254/latest/meta-data")
                        .body(status == 304 ? "" : "not this one\n")
                        .build()
                : Receiver.OK;
        relay(receiver.endpoint(NAME));
        message("bad").deliveredAt(Instant.now());
        messages("a-", 0, 5);
        awaitAll();
        await().until(() -> !deliveries().isEmpty());
        RelayDelivery bad = deliveries().get(0);
        assertThat(deliveries()).hasSize(1);
        assertThat(bad.state()).isEqualTo(RelayDelivery.State.RETRYING);
        assertThat(bad.attempts()).isEqualTo(1);
        assertThat(bad.httpStatus()).isEqualTo(status);
        assertThat(bad.error()).isEqualTo("HTTP " + status);
        assertThat(bad.excerpt()).isEqualTo(status == 304 ? null : "not this one");
        assertThat(bad.nextAt()).isBetween(clock.instant(), clock.instant().plusSeconds(7));
        assertThat(receiver.distinct()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void theEndpointFailsByOneAnswer(int status) throws Exception {
        receiver.answer = push -> Receiver.status(status);
        relay(receiver.endpoint(NAME));
        message("a").sentAt(Instant.now()).deliveredAt(Instant.now());
        awaitState(RelayEndpoint.State.FAILING);
        assertThat(endpoint().reason()).isEqualTo("HTTP " + status);
        assertNothingDone();
        assertThat(deliveries()).isEmpty();
    }

    @Test
    void theEndpointFailsWhenFiveInARowAreRefused() throws Exception {
        receiver.answer = push -> Receiver.status(400);
        relay(receiver.endpoint(NAME));
        messages("a-", 0, 500);
        awaitState(RelayEndpoint.State.FAILING);
        assertThat(endpoint().reason()).contains("5 deliveries in a row failed").contains("HTTP 400");
        // What was under way at that time failed as well.
        await().until(() -> !deliveries().isEmpty());
        assertThat(deliveries()).hasSizeLessThan(30);
        receiver.answer = push -> Receiver.OK;
        forward(Duration.ofMinutes(10));
        await().until(() -> receiver.distinct().size() == 1000);
        assertThat(receiver.outOfOrder()).isEmpty();
    }

    @Test
    void anEndpointThatIsGoneGetsNothingUntilItIsResumed() throws Exception {
        receiver.answer = push -> Receiver.status(410);
        relay(receiver.endpoint(NAME));
        messages("a-", 0, 10);
        awaitState(RelayEndpoint.State.GONE);
        int asked = receiver.received.size();
        forward(Duration.ofDays(3));
        messages("b-", 0, 10);
        await().during(Duration.ofMillis(600)).until(() -> receiver.received.size() == asked);
        receiver.answer = push -> Receiver.OK;
        database.store().relay().resume(NAME, clock.instant());
        forward(Duration.ZERO);
        awaitAll();
        assertThat(receiver.distinct()).hasSize(40);
        assertThat(receiver.outOfOrder()).isEmpty();
    }

    @Test
    void aDeliveryIsTriedTenTimesAndThenByAPerson() throws Exception {
        receiver.answer = push -> push.message().equals("bad") ? Receiver.status(400) : Receiver.OK;
        relay(receiver.endpoint(NAME));
        message("bad").sentAt(Instant.now()).deliveredAt(Instant.now());
        messages("a-", 0, 5);
        awaitAll();
        await().until(() -> deliveries().size() == 2);
        // The second change waits for the first.
        assertThat(deliveries().get(0).attempts()).isZero();
        assertThat(deliveries().get(0).nextAt()).isNull();
        List<Duration> waits = new ArrayList<>();
        for (int attempt = 2; attempt <= 10; attempt++) {
            RelayDelivery bad = deliveries().get(1);
            Duration wait = Duration.between(bad.triedAt(), bad.nextAt());
            waits.add(wait);
            forward(wait.plusSeconds(1));
            int expected = attempt;
            await().until(() -> deliveries().get(1).attempts() == expected);
        }
        List<Duration> steps = List.of(
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(5),
                Duration.ofHours(10),
                Duration.ofHours(14),
                Duration.ofHours(20),
                Duration.ofHours(24));
        for (int i = 0; i < steps.size(); i++) {
            assertThat(waits.get(i).toMillis())
                    .isBetween(
                            steps.get(i).toMillis() * 8 / 10 - 1, steps.get(i).toMillis() * 12 / 10);
        }
        assertThat(deliveries().get(1).state()).isEqualTo(RelayDelivery.State.FAILED);
        // Now it is the second one's turn.
        await().until(() -> deliveries().get(0).attempts() == 1);

        receiver.answer = push -> Receiver.OK;
        assertThat(database.store().relay().retryDeliveries(NAME, clock.instant()))
                .isEqualTo(2);
        forward(Duration.ZERO);
        await().until(() -> receiver.of("bad").size() == 2);
        assertThat(receiver.outOfOrder()).isEmpty();
        await().untilAsserted(() ->
                assertThat(deliveries()).extracting(RelayDelivery::state).containsOnly(RelayDelivery.State.DELIVERED));
        assertThat(database.store()
                        .relay()
                        .retryDelivery(NAME, receiver.of("bad").get(0), clock.instant()))
                .isFalse();
        forward(Duration.ofDays(2));
        database.store().relay().removeOldDeliveries(clock.instant().minus(Duration.ofDays(1)));
        assertThat(deliveries()).isEmpty();
    }

    @Test
    void whatMakesTheReceiverFailEachTimeDoesNotHoldUpTheOthers() throws Exception {
        receiver.answer = push -> push.message().equals("poison") ? Receiver.status(500) : Receiver.OK;
        relay(receiver.endpoint(NAME));
        message("poison").deliveredAt(Instant.now());
        messages("a-", 0, 300);
        await().until(() -> {
            forward(Duration.ofSeconds(6));
            return receiver.distinct().size() == 600;
        });
        assertThat(receiver.outOfOrder()).isEmpty();
        await().until(() -> deliveries().size() == 1);
        assertThat(deliveries().get(0).httpStatus()).isEqualTo(500);
    }

    @Test
    void whatTheReceiverAsksForIsObeyedUpToTwiceTheStep() throws Exception {
        MockResponse.Builder busy = new MockResponse.Builder().code(429).setHeader("Retry-After", "8");
        receiver.answer = push -> busy.build();
        relay(receiver.endpoint(NAME));
        message("a").deliveredAt(Instant.now());
        awaitState(RelayEndpoint.State.FAILING);
        assertThat(endpoint().nextProbeAt())
                .isBetween(clock.instant().plusSeconds(6), clock.instant().plusSeconds(8));
        receiver.answer = push -> busy.setHeader("Retry-After", "86400").build();
        forward(Duration.ofSeconds(9));
        await().until(() -> endpoint().probes() == 1);
        assertThat(endpoint().nextProbeAt())
                .isBetween(clock.instant().plusSeconds(17), clock.instant().plusSeconds(20));
    }

    /** It answers one push, so that it is trusted with several at once, and then no more: all of its places are held until the end. */
    @Test
    void aHangingEndpointDoesNotDelayAnother() throws Exception {
        CompletableFuture<MockResponse> late = new CompletableFuture<>();
        Receiver hanging = new Receiver();
        try {
            AtomicInteger asked = new AtomicInteger();
            hanging.answer = push -> asked.getAndIncrement() == 0 ? Receiver.OK : late.join();
            int places = 4;
            relay(hanging.endpoint("hanging", places, Duration.ofSeconds(60)), receiver.endpoint(NAME));
            messages("held-", 0, places);
            await().until(() -> hanging.received.size() == 1 + places);
            awaitAll();
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int next = receiver.distinct().size() + 1;
                long began = System.nanoTime();
                message("a-" + i).deliveredAt(Instant.now());
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> receiver.distinct().size() == next);
                millis.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
            }
            millis.sort(null);
            assertThat(millis.get(197))
                    .as("99 of 100 within, in ms: %s", millis)
                    .isLessThan(2_000);
            assertThat(hanging.received).as("all of its places are held").hasSize(1 + places);
            assertThat(database.reads()
                            .relay()
                            .endpoint("hanging")
                            .orElseThrow()
                            .state())
                    .isEqualTo(RelayEndpoint.State.ACTIVE);
        } finally {
            late.complete(Receiver.OK);
            hanging.close();
        }
    }

    @Test
    void aPausedEndpointGetsNothingAndGoesOnWhereItWas() throws Exception {
        relay(receiver.endpoint(NAME));
        messages("a-", 0, 10);
        awaitAll();
        database.store().relay().pause(NAME);
        forward(Duration.ZERO);
        await().during(Duration.ofMillis(1200)).until(() -> endpoint().state() == RelayEndpoint.State.PAUSED);
        messages("b-", 0, 10);
        await().during(Duration.ofMillis(600)).until(() -> receiver.received.size() == 20);
        database.store().relay().resume(NAME, clock.instant());
        awaitAll();
        assertThat(receiver.received).hasSize(40);
        assertThat(receiver.outOfOrder()).isEmpty();
    }

    @Test
    void aResumeProbesAFailingEndpointAtOnce() throws Exception {
        receiver.answer = push -> Receiver.status(503);
        relay(receiver.endpoint(NAME));
        message("a").deliveredAt(Instant.now());
        awaitState(RelayEndpoint.State.FAILING);
        assertThat(receiver.received).hasSize(1);
        receiver.answer = push -> Receiver.OK;
        database.store().relay().resume(NAME, clock.instant());
        forward(Duration.ZERO);
        awaitAll();
        assertThat(receiver.received).hasSize(2);
    }

    @Test
    void whatWasPushedSinceATimeIsPushedAgainUnderTheSameIds() throws Exception {
        relay(receiver.endpoint(NAME));
        messages("a-", 0, 10);
        awaitAll();
        Instant since = Instant.now();
        messages("b-", 0, 10);
        awaitAll();
        database.store().relay().recover(NAME, since);
        forward(Duration.ZERO);
        await().until(() -> receiver.received.size() == 60);
        awaitAll();
        assertThat(receiver.received).hasSize(60);
        assertThat(receiver.distinct()).hasSize(40);
        // Never forward.
        long position = endpoint().position();
        database.store().relay().recover(NAME, clock.instant().plus(Duration.ofDays(1)));
        assertThat(endpoint().position()).isEqualTo(position);
    }

    @Test
    void afterACrashNothingIsLostAndRepeatsHaveTheSameIds() throws Exception {
        Relay first = relay(receiver.endpoint(NAME));
        AtomicInteger count = new AtomicInteger();
        receiver.answer = push -> {
            count.incrementAndGet();
            return Receiver.OK;
        };
        messages("a-", 0, 1000);
        await().pollInterval(Duration.ofMillis(1)).until(() -> count.get() >= 700);
        crash(first);
        Relay second = relay(receiver.endpoint(NAME));
        await().until(() -> receiver.distinct().size() == 2000);
        awaitAll();
        assertThat(receiver.outOfOrder()).isEmpty();
        assertThat(receiver.received.stream()
                        .collect(Collectors.groupingBy(
                                Receiver.Received::sequence,
                                Collectors.mapping(Receiver.Received::id, Collectors.toSet()))))
                .allSatisfy((sequence, ids) -> assertThat(ids).hasSize(1));
        assertThat(second.endpoints()).hasSize(1);
    }

    @Test
    void oneNodePushesAndAnotherTakesOverWhenItIsGone() throws Exception {
        Relay first = relay(false, receiver.endpoint(NAME));
        await().until(() -> endpoint().owner() != null);
        relay(false, receiver.endpoint(NAME));
        messages("a-", 0, 200);
        awaitAll();
        assertThat(receiver.received).hasSize(400);
        messages("b-", 0, 1000);
        await().pollInterval(Duration.ofMillis(1)).until(() -> receiver.received.size() > 700);
        crash(first);
        String dead = Objects.requireNonNull(endpoint().owner());
        int taken = receiver.distinct().size();
        assertThat(taken).as("it died in the middle").isLessThan(2400);
        messages("c-", 0, 10);
        await().during(Duration.ofMillis(500))
                .until(() ->
                        dead.equals(endpoint().owner()) && receiver.distinct().size() - taken <= 8);
        forward(Duration.ofSeconds(31));
        awaitAll();
        assertThat(endpoint().owner()).isNotNull().isNotEqualTo(dead);
        assertThat(receiver.distinct()).hasSize(2420);
        assertThat(receiver.outOfOrder()).isEmpty();
    }

    /** Without a rest each of these commits would have two questions of its own. */
    @Test
    void manySmallCommitsMakeFewLooks() throws Exception {
        AtomicInteger statements = new AtomicInteger();
        try (Reads counted = Reads.open(HookedReads.of(database.dialect(), statements::incrementAndGet))) {
            relay(true, counted, receiver.endpoint(NAME));
            messages("first-", 0, 1);
            await().until(() -> receiver.distinct().size() == 2);
            int before = statements.get();
            long began = System.nanoTime();
            for (int i = 0; i < 400; i++) {
                message("a-" + i).deliveredAt(Instant.now());
            }
            await().until(() -> receiver.distinct().size() == 402);
            long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
            int looks = statements.get() - before;
            assertThat(looks)
                    .as("statements in %d ms", millis)
                    .isLessThan((int) (millis / 25 + 10) * STATEMENTS_OF_A_LOOK);
            relays.forEach(Relay::close);
        }
    }

    @Test
    void aRestoredDatabaseIsGoneOnWithUnderNewIds() throws Exception {
        relay(receiver.endpoint(NAME));
        messages("a-", 0, 10);
        awaitAll();
        String former = database.reads().changes(0, 0).feed();
        database.update("UPDATE feed SET id = '0123456789abcdef'");
        messages("b-", 0, 10);
        await().until(() -> receiver.received.size() == 40);
        awaitAll();
        assertThat(endpoint().feed()).isEqualTo("0123456789abcdef");
        assertThat(receiver.received)
                .hasSize(40)
                .allSatisfy(push -> assertThat(push.id())
                        .isEqualTo("chg_" + (push.message().startsWith("a-") ? former : "0123456789abcdef") + "_"
                                + push.sequence()));
    }

    @Test
    void whatConcernsAnErasedNumberIsSkipped() throws Exception {
        receiver.answer = push -> Receiver.status(push.message().equals("refused") ? 400 : 503);
        relay(receiver.endpoint(NAME));
        message("refused").deliveredAt(Instant.now());
        await().until(() -> deliveries().size() == 1);
        new TextMessage(database.store(), TextMessage.TWILIO, "erased", "+12025550100", "+12025550143")
                .deliveredAt(Instant.now());
        new TextMessage(database.store(), TextMessage.TWILIO, "kept", "+12025550100", "+12025550144")
                .deliveredAt(Instant.now());
        awaitState(RelayEndpoint.State.FAILING);
        try (Erasure erasure = database.store()
                .housekeeping()
                .erasure(PhoneNumber.of("+12025550143").orElseThrow())) {
            while (erasure.step(100).more()) {}
        }
        try (Erasure erasure = database.store()
                .housekeeping()
                .erasure(PhoneNumber.of("+12025550123").orElseThrow())) {
            while (erasure.step(100).more()) {}
        }
        int before = receiver.received.size();
        receiver.answer = push -> Receiver.OK;
        forward(Duration.ofHours(1));
        awaitAll();
        await().until(() -> deliveries().get(0).state() == RelayDelivery.State.FAILED);
        assertThat(deliveries().get(0).error()).contains("erased");
        assertThat(receiver.received.subList(before, receiver.received.size()))
                .extracting(Receiver.Received::message)
                .containsExactly("kept");
    }

    @Test
    void whatABrokenConnectionOrATimeOutCutShortIsPushedAgain() throws Exception {
        MockResponse.Builder broken = new MockResponse.Builder().code(500);
        Map<Integer, MockResponse> faults = Map.of(
                10, broken.onResponseStart(new SocketEffect.CloseSocket()).build(),
                20, broken.onResponseStart(SocketEffect.Stall.INSTANCE).build());
        AtomicInteger next = new AtomicInteger();
        receiver.answer = push -> faults.getOrDefault(next.incrementAndGet(), Receiver.OK);
        relay(receiver.endpoint(NAME, 1, Duration.ofSeconds(1)));
        messages("a-", 0, 50);
        await().until(() -> {
            forward(Duration.ofSeconds(6));
            return receiver.distinct().size() == 100;
        });
        assertThat(receiver.received.size()).isEqualTo(102);
        assertThat(receiver.outOfOrder()).isEmpty();
    }
}
