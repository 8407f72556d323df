package dev.sendstatus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.Erasure.Erased;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What erasing a number changes, and what not. A subclass names a database. */
public abstract class ErasureContract {
    private static final String PERSON = "+12025550143";
    private static final String OTHER = "+12025550144";
    private static final String SENDER = "+12025550199";

    protected abstract Store store();

    protected abstract Reads reads();

    protected Erased erase(String number) throws StoreException {
        Erasure erasure = store().housekeeping().erasure(PhoneNumber.of(number).orElseThrow());
        Erased all = Erased.NOTHING;
        while (all.more()) {
            all = all.and(erasure.step(3));
        }
        assertThat(erasure.progress()).isEqualTo(1);
        return all;
    }

    private static DeliveryEvent.Builder to(String address, String id, Progress progress) {
        return DeliveryEvent.of(HousekeepingContract.key(id), Direction.OUTBOUND, progress, progress.name())
                .to(address)
                .from(SENDER);
    }

    private static Incoming raw(String body, DeliveryEvent... events) {
        return HousekeepingContract.at(HousekeepingContract.NOW, body, events);
    }

    private MessageState state(String id) throws StoreException {
        return MessageState.of(
                reads().message(HousekeepingContract.key(id)).orElseThrow().history());
    }

    /** All that is kept raw, in the order of arrival. */
    private List<RawSegment.Entry> callbacks() throws StoreException {
        List<RawSegment.Entry> callbacks = new ArrayList<>();
        Optional<RawSegment> segment = reads().segment(0, Instant.EPOCH);
        while (segment.isPresent()) {
            callbacks.addAll(segment.get().callbacks());
            segment = reads().segment(segment.get().nextSequence(), Instant.EPOCH);
        }
        return callbacks;
    }

    @Test
    void theNumberLeavesAndStatesAndCountsStay() throws StoreException {
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
        assertThat(count(new MessageFilter.Builder().to(PERSON).build())).isZero();
        assertThat(count(new MessageFilter.Builder().to("erased").build())).isEqualTo(10);
        assertThat(count(MessageFilter.ALL)).isEqualTo(20);
        List<RawSegment.Entry> callbacks = callbacks();
        assertThat(callbacks).hasSize(33);
        for (RawSegment.Entry entry : callbacks) {
            assertThat(new String(entry.callback().body(), StandardCharsets.UTF_8))
                    .doesNotContain("2025550143");
        }
        assertThat(new String(callbacks.get(2).callback().body(), StandardCharsets.UTF_8))
                .as("of somebody else")
                .contains(OTHER);
        assertThat(reads().quarantine(Long.MAX_VALUE, 10))
                .extracting(QuarantinedCallback::sequence)
                .containsExactly(callbacks.get(32).sequence());
    }

    @Test
    void aRepeatFindsNothingAndWhatWasCutShortIsFinished() throws StoreException {
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            batch.add(
                    raw("to " + PERSON, to(PERSON, "m" + i, Progress.DELIVERED).build()));
        }
        store().commit(batch);
        Erased begun = store().housekeeping()
                .erasure(PhoneNumber.of(PERSON).orElseThrow())
                .step(3);
        Erased rest = erase(PERSON);
        assertThat(begun.messages() + begun.rawCallbacks())
                .as("a part of 200 and 200")
                .isBetween(1L, 399L);
        assertThat(begun.and(rest).messages()).isEqualTo(200);
        assertThat(begun.and(rest).rawCallbacks()).isEqualTo(200);
        assertThat(erase(PERSON)).isEqualTo(new Erased(0, 0, 0, 0, false));
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
        assertThat(callbacks().get(0).callback().body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"120255501430", "412025550143", "+1202555014", "", "id=12025550143412"})
    void aLongerOrAnotherNumberIsLeft(String body) throws StoreException {
        store().commit(List.of(raw(body, to(OTHER, "m1", Progress.SENT).build())));
        assertThat(erase(PERSON).rawCallbacks()).isZero();
        assertThat(new String(callbacks().get(0).callback().body(), StandardCharsets.UTF_8))
                .isEqualTo(body);
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
        assertThat(callbacks().get(0).callback().query()).isNull();
    }

    @Test
    void whoWroteInboundIsErasedAsTheSender() throws StoreException {
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
        assertThat(count(new MessageFilter.Builder().from("erased").build())).isEqualTo(1);
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
        assertThat(state.registration())
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
        assertThat(reads().message(HousekeepingContract.key("m1"))
                        .orElseThrow()
                        .history()
                        .events())
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
        store().keep(new KeptReport(day, HousekeepingContract.NOW, "{\"to\":[\"" + PERSON + "\",\"" + OTHER + "\"]}"));
        erase(PERSON);
        assertThat(reads().flagsActiveAfter(HousekeepingContract.OLD))
                .extracting(StuckFlag::from)
                .containsExactly("erased");
        assertThat(reads().report(day).orElseThrow().document()).isEqualTo("{\"to\":[\"erased\",\"" + OTHER + "\"]}");
    }

    private long count(MessageFilter filter) throws StoreException {
        long count = 0;
        try (MessageScan scan = reads().scan(filter)) {
            while (scan.next() != null) {
                count++;
            }
        }
        return count;
    }
}
