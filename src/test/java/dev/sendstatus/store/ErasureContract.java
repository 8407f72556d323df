package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Labels;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.jdbc.Consistency;
import dev.sendstatus.store.jdbc.Erasure;
import dev.sendstatus.store.jdbc.Erasure.Erased;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What erasing a number changes, and what not. A subclass names a database. */
public abstract class ErasureContract {
    private static final String PERSON = "+12025550143";
    private static final String OTHER = "+12025550144";
    private static final String SENDER = "+12025550199";

    protected abstract TestDatabase database();

    protected Store store() {
        return database().store();
    }

    protected Reads reads() {
        return database().reads();
    }

    protected Erased erase(String number) throws StoreException {
        try (Erasure erasure = erasure(number)) {
            Erased all = finish(erasure);
            assertThat(erasure.progress()).isEqualTo(1);
            return all;
        }
    }

    protected Erasure erasure(String number) throws StoreException {
        return store().housekeeping().erasure(PhoneNumber.of(number).orElseThrow());
    }

    protected static Erased finish(Erasure erasure) throws StoreException {
        Erased all = Erased.NOTHING;
        while (all.more()) {
            all = all.and(erasure.step(3));
        }
        return all;
    }

    protected static DeliveryEvent.Builder to(String address, String id, Progress progress) {
        return DeliveryEvent.of(HousekeepingContract.key(id), Direction.OUTBOUND, progress, progress.name())
                .to(address)
                .from(SENDER);
    }

    protected static Incoming raw(String body, DeliveryEvent... events) {
        return HousekeepingContract.at(HousekeepingContract.NOW, body, events);
    }

    protected List<RecordedEvent> events(String id) throws StoreException {
        return reads().history(HousekeepingContract.key(id)).events();
    }

    private MessageState state(String id) throws StoreException {
        return reads().message(HousekeepingContract.key(id)).orElseThrow().state();
    }

    /** All that is kept raw, in the order of arrival. */
    private List<RawCallback> callbacks() throws StoreException {
        List<RawCallback> callbacks = new ArrayList<>();
        for (long number : reads().callbacks().since(Instant.EPOCH, 0, 1_000)) {
            callbacks.add(reads().callbacks().one(number).orElseThrow().raw());
        }
        return callbacks;
    }

    private List<String> bodies() throws StoreException {
        return callbacks().stream()
                .map(callback -> new String(callback.body(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void theNumberLeavesAndStatesAndCountsStay() throws Exception {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            batch.add(raw(
                    "{\"to\":\"" + PERSON + "\"}",
                    to(PERSON, "mine" + i, Progress.SENT).build()));
            batch.add(raw(
                    "To=%2B" + PERSON.substring(1),
                    to(PERSON, "mine" + i, Progress.FAILED).errorCode("30003").build()));
            batch.add(raw(
                    "{\"to\":\"" + OTHER + "\"}",
                    to(OTHER, "other" + i, Progress.DELIVERED).build()));
        }
        store().commit(batch);
        // A repeat is kept raw and is no event of the message.
        store().commit(List.of(batch.get(0), raw("not understood, of " + PERSON), raw("not understood, of " + OTHER)));
        StoredMessage other =
                reads().message(HousekeepingContract.key("other3")).orElseThrow();

        Erased erased = erase("+1 (202) 555-0143");

        assertThat(erased.messages()).isEqualTo(10);
        assertThat(erased.recipients()).isEqualTo(10);
        assertThat(erased.rawCallbacks()).isEqualTo(22);
        assertThat(state("mine7").errorCode()).isEqualTo("30003");
        assertThat(state("mine7").recipients())
                .singleElement()
                .satisfies(recipient -> assertThat(recipient.to()).isEqualTo(new Recipient("erased")));
        assertThat(reads().message(HousekeepingContract.key("other3"))).contains(other);
        assertThat(database().texts("SELECT address FROM recipient GROUP BY address ORDER BY address"))
                .containsExactly(OTHER, "erased");
        assertThat(database().texts("SELECT count(*) FROM message")).containsExactly("20");
        requireGone("2025550143");
        List<String> bodies = bodies();
        assertThat(bodies).hasSize(33).noneMatch(body -> body.contains("2025550143"));
        assertThat(bodies.get(2)).as("of somebody else").contains(OTHER);
        assertThat(reads().callbacks().quarantine(Long.MAX_VALUE, 10))
                .singleElement()
                .satisfies(left -> assertThat(reads().callbacks()
                                .one(left.number())
                                .orElseThrow()
                                .raw()
                                .body())
                        .asString(StandardCharsets.UTF_8)
                        .contains(OTHER));
        assertThat(database().texts("SELECT min(bytes) FROM callback"))
                .as("how long they were is still known")
                .containsExactly("17");
    }

    @Test
    void aRepeatFindsNothingAndWhatWasCutShortIsFinished() throws StoreException {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            batch.add(
                    raw("to " + PERSON, to(PERSON, "m" + i, Progress.DELIVERED).build()));
        }
        store().commit(batch);
        Erased begun;
        try (Erasure erasure = erasure(PERSON)) {
            begun = erasure.step(3);
        }
        Erased rest = erase(PERSON);
        assertThat(begun.messages() + begun.rawCallbacks())
                .as("a part of 200 and 200")
                .isBetween(1L, 399L);
        assertThat(begun.and(rest).messages()).isEqualTo(200);
        assertThat(begun.and(rest).rawCallbacks()).isEqualTo(200);
        assertThat(erase(PERSON)).isEqualTo(new Erased(0, 0, 0, 0, 0, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12025550143",
                "text=%2012025550143",
                "a=whatsapp%3A%2B12025550143&b=2",
                "{\"a\":\"\\u002B12025550143\"}",
                "{\"a\":\"\\u002012025550143\"}",
                "call +12025550143!"
            })
    void aRawCallbackThatMentionsTheNumberIsEmptied(String body) throws StoreException {
        store().commit(List.of(raw(body, to(OTHER, "m1", Progress.SENT).build())));
        assertThat(erase(PERSON).rawCallbacks()).isEqualTo(1);
        assertThat(bodies()).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"120255501430", "412025550143", "+1202555014", "", "id=12025550143412"})
    void aLongerOrAnotherNumberIsLeft(String body) throws StoreException {
        store().commit(List.of(raw(body, to(OTHER, "m1", Progress.SENT).build())));
        assertThat(erase(PERSON).rawCallbacks()).isZero();
        assertThat(String.join("", bodies())).isEqualTo(body);
    }

    @Test
    void aQueryIsEmptiedLikeABody() throws StoreException {
        RawCallback get = new RawCallback("GET", "To=%2b12025550143", null, new byte[0]);
        store().commit(List.of(new Incoming(
                HousekeepingContract.ACCOUNT,
                Source.WEBHOOK,
                HousekeepingContract.NOW,
                get,
                List.of(to(OTHER, "m1", Progress.SENT).build()),
                null)));
        assertThat(erase(PERSON).rawCallbacks()).isEqualTo(1);
        assertThat(callbacks().get(0).query()).isNull();
    }

    @Test
    void whoWroteInboundIsErasedAsTheSender() throws Exception {
        DeliveryEvent inbound = DeliveryEvent.of(
                        HousekeepingContract.key("in"), Direction.INBOUND, Progress.DELIVERED, "received")
                .to(SENDER)
                .from("12025550143")
                .build();
        store().commit(List.of(raw("x", inbound)));
        Erased erased = erase(PERSON);
        assertThat(erased.messages()).isEqualTo(1);
        assertThat(erased.recipients()).isZero();
        assertThat(state("in").from()).isEqualTo("erased");
        requireGone("2025550143");
    }

    @Test
    void twoErasedRecipientsOfOneMessageStayTwo() throws StoreException {
        DeliveryEvent first = to(PERSON, "group", Progress.DELIVERED)
                .registration(new Registration(
                        List.of(new Recipient(PERSON), new Recipient(OTHER)),
                        "for 12025550143",
                        null,
                        List.of(),
                        List.of()))
                .build();
        store().commit(List.of(
                raw("x", first), raw("x", to(OTHER, "group", Progress.FAILED).build())));
        assertThat(erase(PERSON).messages()).isEqualTo(1);
        assertThat(erase(OTHER).messages()).isEqualTo(1);
        MessageState state = state("group");
        assertThat(state.recipients())
                .extracting(recipient -> recipient.to() + " " + recipient.status())
                .containsExactly("erased DELIVERED", "erased-2 ERROR");
        assertThat(state.labels().reference()).isEqualTo("for erased");
        assertThat(events("group"))
                .extracting(event -> event.event().registration())
                .first()
                .isEqualTo(new Registration(
                        List.of(new Recipient("erased"), new Recipient("erased-2")),
                        "for erased",
                        null,
                        List.of(),
                        List.of()));
    }

    @Test
    void aChannelStaysWithoutItsNumber() throws StoreException {
        store().commit(List.of(
                raw(
                        "x",
                        to("whatsapp:" + PERSON, "m1", Progress.SENT)
                                .soleRecipient()
                                .build()),
                raw("x", to(PERSON, "m1", Progress.DELIVERED).soleRecipient().build())));
        assertThat(state("m1").recipients()).hasSize(1);
        assertThat(erase(PERSON).messages()).isEqualTo(1);
        assertThat(state("m1").recipients()).hasSize(1);
        assertThat(events("m1"))
                .extracting(event -> String.valueOf(event.event().recipient()))
                .containsExactly("whatsapp:erased", "erased");
    }

    @Test
    void aFlagAndAKeptReportLoseTheNumberToo() throws StoreException {
        store().commit(List.of(
                raw("x", to(OTHER, "m1", Progress.SENT).from(PERSON).build())));
        store().flag(List.of(new StuckFlag(
                HousekeepingContract.key("m1"),
                HousekeepingContract.ACCOUNT,
                PERSON,
                HousekeepingContract.OLD,
                HousekeepingContract.OLD,
                HousekeepingContract.NOW,
                StuckReason.values()[0],
                null,
                null)));
        LocalDate day = LocalDate.of(2026, 11, 25);
        store().keep(
                        new KeptReport(
                                day, HousekeepingContract.NOW, "{\"to\":[\"" + PERSON + "\",\"" + OTHER + "\"]}"),
                        List.of(),
                        HousekeepingContract.NOW);
        erase(PERSON);
        assertThat(reads().flagsActiveAfter(HousekeepingContract.OLD))
                .extracting(StuckFlag::from)
                .containsExactly("erased");
        assertThat(reads().report(day).orElseThrow().document()).isEqualTo("{\"to\":[\"erased\",\"" + OTHER + "\"]}");
    }

    /** No column of any table has it in a text. */
    protected void requireGone(String digits) throws SQLException {
        for (String column : List.of(
                "message.sender",
                "message.reference",
                "message.campaign",
                "recipient.address",
                "event.recipient",
                "event.sender",
                "event.detail",
                "event.registration",
                "message_tag.tag",
                "callback.query",
                "callback.quarantine_reason")) {
            String table = column.substring(0, column.indexOf('.'));
            assertThat(database()
                            .texts("SELECT count(*) FROM " + table + " WHERE " + column + " LIKE '%" + digits + "%'"))
                    .as(column)
                    .containsExactly("0");
        }
    }

    @Test
    void aRegistrationLosesItInEveryPart() throws Exception {
        DeliveryEvent registered = DeliveryEvent.of(
                        HousekeepingContract.key("m1"), Direction.OUTBOUND, Progress.REGISTERED, "registered")
                .to(OTHER)
                .from(SENDER)
                .detail("of " + PERSON)
                .registration(new Registration(
                        List.of(new Recipient(OTHER)),
                        "for " + PERSON,
                        "calls to 12025550143",
                        List.of(PERSON, "vip"),
                        List.of("example.com")))
                .build();
        store().commit(List.of(raw("", registered)));
        assertThat(erase(PERSON).messages()).isEqualTo(1);
        requireGone("2025550143");
        assertThat(state("m1").labels())
                .isEqualTo(
                        new Labels("for erased", "calls to erased", List.of("erased", "vip"), List.of("example.com")));
        assertThat(differences()).isEmpty();
    }

    @Test
    void twoEventsThatDifferedOnlyInHowTheyWroteItAreOne() throws Exception {
        for (String from : List.of(PERSON, PERSON.substring(1))) {
            store().commit(List.of(raw(
                    "x",
                    DeliveryEvent.of(HousekeepingContract.key("in"), Direction.INBOUND, Progress.DELIVERED, "received")
                            .to(SENDER)
                            .from(from)
                            .build())));
        }
        assertThat(events("in")).hasSize(2);
        erase(PERSON);
        requireGone("2025550143");
        assertThat(events("in")).hasSize(1);
        assertThat(differences()).isEmpty();
    }

    @Test
    void aCallbackThatWaitsIsEmptiedOnceItIsApplied() throws Exception {
        Incoming mine = raw("to " + PERSON, to(PERSON, "m1", Progress.DELIVERED).build());
        Incoming others = raw("to " + OTHER, to(OTHER, "m2", Progress.DELIVERED).build());
        store().accept(
                        Stream.of(mine, others)
                                .map(one -> new AcceptedCallback(one.account(), one.receivedAt(), one.raw()))
                                .toList(),
                        HousekeepingContract.NOW);
        try (Erasure erasure = erasure(PERSON)) {
            assertThat(finish(erasure)).isEqualTo(new Erased(0, 0, 0, 0, 1, false));
            assertThat(bodies()).containsExactly("to " + PERSON, "to " + OTHER);
            store().apply(10, (callback, source) -> bodyOf(callback).contains(PERSON) ? mine : others);
            assertThat(finish(erasure)).isEqualTo(new Erased(1, 1, 1, 0, 0, false));
        }
        assertThat(bodies()).containsExactly("", "to " + OTHER);
        assertThat(state("m1").recipients())
                .extracting(recipient -> recipient.to() + " " + recipient.status())
                .containsExactly("erased DELIVERED");
        requireGone("2025550143");
    }

    @Test
    void aReplayPassesOverWhatIsEmptied() throws StoreException {
        store().commit(List.of(
                raw("to " + PERSON, to(PERSON, "m1", Progress.SENT).build()), raw("what of " + PERSON)));
        erase(PERSON);
        assertThat(store().replay(
                                reads().callbacks().since(Instant.EPOCH, 0, 10),
                                (callback, source) -> raw("not understood")))
                .hasSize(2);
        assertThat(reads().callbacks().quarantineSize()).isZero();
    }

    /** All has been looked through by then. */
    @Test
    void whatComesMeanwhileIsErasedAsWell() throws Exception {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batch.add(raw("x", to(PERSON, "m" + i, Progress.SENT).build()));
        }
        store().commit(batch);
        Erased erased = Erased.NOTHING;
        try (Erasure erasure = erasure(PERSON)) {
            while (erased.messages() < 20) {
                erased = erased.and(erasure.step(1));
            }
            Incoming late = raw(
                    "To=%2B12025550143&Body=a secret",
                    to(PERSON, "late", Progress.DELIVERED).build());
            store().commit(List.of(
                    late,
                    late,
                    raw(
                            "To=%2B12025550144",
                            to(OTHER, "m19", Progress.DELIVERED).build())));
            erased = erased.and(finish(erasure));
        }
        assertThat(erased.messages()).isEqualTo(21);
        assertThat(erased.rawCallbacks()).isEqualTo(2);
        assertThat(bodies().subList(20, 23)).containsExactly("", "", "To=%2B12025550144");
        requireGone("2025550143");
    }

    @Test
    void ingestThatRunsMeanwhileLosesNothing() throws Exception {
        int count = 400;
        AtomicBoolean written = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> ingest = thread.submit(() -> {
                for (int i = 0; i < count; i++) {
                    String to = i % 2 == 0 ? PERSON : OTHER;
                    Incoming incoming =
                            raw("to " + to, to(to, "m" + i, Progress.DELIVERED).build());
                    store().accept(
                                    List.of(new AcceptedCallback(
                                            incoming.account(), incoming.receivedAt(), incoming.raw())),
                                    HousekeepingContract.NOW);
                    store().apply(10, (callback, source) -> incoming);
                }
                written.set(true);
                return null;
            });
            long messages = 0;
            long emptied = 0;
            while (!written.get()) {
                Erased erased = erase(PERSON);
                messages += erased.messages();
                emptied += erased.rawCallbacks();
            }
            ingest.get();
            Erased last = erase(PERSON);
            assertThat(messages + last.messages()).isEqualTo(count / 2);
            assertThat(emptied + last.rawCallbacks()).isEqualTo(count / 2);
        } finally {
            thread.shutdownNow();
        }
        assertThat(
                        database()
                                .texts(
                                        "SELECT count(*) FROM recipient WHERE address LIKE 'erased%' AND progress = 'delivered'"))
                .containsExactly(String.valueOf(count / 2));
        requireGone("2025550143");
        assertThat(differences()).isEmpty();
    }

    private static String bodyOf(StoredCallback callback) {
        return new String(callback.raw().body(), StandardCharsets.UTF_8);
    }

    private List<Consistency.Difference> differences() throws StoreException {
        return ConsistencyContract.differences(reads());
    }
}
