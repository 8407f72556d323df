package dev.sendstatus.state;

import static dev.sendstatus.event.Progress.ACCEPTED;
import static dev.sendstatus.event.Progress.DELIVERED;
import static dev.sendstatus.event.Progress.FAILED;
import static dev.sendstatus.event.Progress.SENT;
import static dev.sendstatus.event.Progress.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageStateTest {
    private static final MessageKey KEY = new MessageKey(Histories.PROVIDER, "m1");
    private static final AccountName ACCOUNT = new AccountName(Histories.PROVIDER, "main");
    private static final Instant ARRIVAL = Instant.parse("2026-11-25T12:00:00Z");
    private static final String ANNE = "+12025550143";
    private static final String BERT = "+12025550144";
    private static final String CARL = "+12025550145";

    @Test
    void lateSentDoesNotUndoDelivered() {
        assertThat(state(said(DELIVERED).to(ANNE), said(SENT).to(ANNE)).status())
                .isEqualTo(SendStatus.DELIVERED);
    }

    @Test
    void deliveryBeatsAnErrorAndBothAreAConflict() {
        MessageState state =
                state(said(FAILED).to(ANNE).errorCode("30007"), said(DELIVERED).to(ANNE));
        assertThat(state.status()).isEqualTo(SendStatus.DELIVERED);
        assertThat(state.conflict()).isTrue();
        assertThat(state.errorCode()).isNull();
    }

    @Test
    void deliveryAfterUnconfirmedIsNoConflict() {
        MessageState state = state(
                said(UNCONFIRMED).to(ANNE).errorCode("9902"), said(DELIVERED).to(ANNE));
        assertThat(state.status()).isEqualTo(SendStatus.DELIVERED);
        assertThat(state.conflict()).isFalse();
    }

    @Test
    void unconfirmedStaysSentWithItsCodeAndIsNotOpen() {
        MessageState state =
                state(said(UNCONFIRMED).to(ANNE).errorCode("9902"), said(SENT).to(ANNE));
        assertThat(state.status()).isEqualTo(SendStatus.SENT);
        assertThat(state.unconfirmed()).isTrue();
        assertThat(state.errorCode()).isEqualTo("9902");
        assertThat(state.open()).isFalse();
    }

    @Test
    void anErrorRepeatedWithoutItsCodeKeepsTheCode() {
        Instant later = Instant.parse("2026-11-25T12:00:00Z");
        assertThat(state(
                                said(FAILED).to(ANNE).errorCode("30003"),
                                said(FAILED).to(ANNE).occurredAt(later))
                        .errorCode())
                .isEqualTo("30003");
    }

    @Test
    void ofTwoCodesTheLaterByTheProvidersTimeWinsThenTheGreater() {
        Instant early = Instant.parse("2026-11-25T12:00:00Z");
        Instant late = early.plusSeconds(1);
        assertThat(state(
                                said(FAILED).errorCode("40008").occurredAt(early),
                                said(FAILED).errorCode("40001").occurredAt(late))
                        .errorCode())
                .isEqualTo("40001");
        assertThat(state(said(FAILED).errorCode("30003"), said(FAILED).errorCode("30007"))
                        .errorCode())
                .isEqualTo("30007");
        assertThat(state(said(FAILED).errorCode("995"), said(FAILED).errorCode("4470"))
                        .errorCode())
                .isEqualTo("4470");
    }

    @Test
    void aGroupIsSentWhileOneIsThenErrorIfAnyFailed() {
        assertThat(state(
                                said(DELIVERED).to(ANNE),
                                said(FAILED).to(BERT).errorCode("4720"),
                                said(SENT).to(CARL))
                        .status())
                .isEqualTo(SendStatus.SENT);
        MessageState ended = state(
                said(DELIVERED).to(ANNE),
                said(FAILED).to(BERT).errorCode("4720"),
                said(DELIVERED).to(CARL));
        assertThat(ended.status()).isEqualTo(SendStatus.ERROR);
        assertThat(ended.errorCode()).isEqualTo("4720");
        assertThat(ended.recipients()).hasSize(3);
    }

    @Test
    void whatNamesNobodySpeaksOfTheOnlyRecipient() {
        MessageState state = state(said(SENT).to(ANNE), said(DELIVERED));
        assertThat(state.recipients()).singleElement().satisfies(recipient -> {
            assertThat(recipient.to()).isEqualTo(new Recipient(ANNE));
            assertThat(recipient.status()).isEqualTo(SendStatus.DELIVERED);
        });
    }

    @Test
    void whatNamesNobodyWaitsForARecipientToBeNamed() {
        assertThat(state(said(FAILED).errorCode("30003")).recipients())
                .singleElement()
                .satisfies(recipient -> assertThat(recipient.to()).isNull());
    }

    @Test
    void inAGroupAnUnnamedEndIsSomebodyElsesAndAnUnnamedStartNobodys() {
        assertThat(state(
                                said(DELIVERED).to(ANNE),
                                said(DELIVERED).to(BERT),
                                said(FAILED).errorCode("4720"))
                        .recipients())
                .extracting(RecipientState::to)
                .containsExactly(new Recipient(ANNE), new Recipient(BERT), null);
        assertThat(state(said(DELIVERED).to(ANNE), said(DELIVERED).to(BERT), said(ACCEPTED))
                        .status())
                .isEqualTo(SendStatus.DELIVERED);
    }

    @Test
    void aNumberIsTheSameWithAndWithoutItsPlusAndOtherFormsAreNot() {
        assertThat(state(said(SENT).to("12025550143"), said(DELIVERED).to("+12025550143"))
                        .recipients())
                .singleElement()
                .satisfies(recipient -> assertThat(recipient.to()).hasToString("+12025550143"));
        assertThat(state(said(SENT).to("12345"), said(DELIVERED).to("+12345")).recipients())
                .hasSize(2);
        assertThat(state(said(SENT).to("whatsapp:+12025550143"), said(DELIVERED).to("+12025550143"))
                        .recipients())
                .hasSize(2);
    }

    @Test
    void aSoleRecipientIsOneWhateverChannelItsAddressNames() {
        MessageState state = state(
                said(SENT).to("rcs:+12025550143").soleRecipient(),
                said(DELIVERED).to("+12025550143").soleRecipient());
        assertThat(state.recipients()).hasSize(1);
        assertThat(state.status()).isEqualTo(SendStatus.DELIVERED);
    }

    @Test
    void openOnesWaitSinceTheyWereSentOrFirstHeardOf() {
        Instant sent = Instant.parse("2026-11-25T10:00:00Z");
        MessageState state = state(said(SENT).to(ANNE).sentAt(sent));
        assertThat(state.open()).isTrue();
        assertThat(state.waitingSince()).isEqualTo(sent);
        assertThat(state(said(ACCEPTED).to(ANNE)).waitingSince()).isEqualTo(ARRIVAL.plusSeconds(1));
    }

    @Test
    void itIsFinalWhenTheLastRecipientIs() {
        Instant first = Instant.parse("2026-11-25T10:00:00Z");
        Instant last = first.plusSeconds(9);
        assertThat(state(
                                said(DELIVERED).to(ANNE).occurredAt(last),
                                said(FAILED).to(BERT).occurredAt(first))
                        .finalizedAt())
                .isEqualTo(last);
        assertThat(state(said(DELIVERED).to(ANNE).occurredAt(last), said(SENT).to(BERT))
                        .finalizedAt())
                .isNull();
    }

    private static DeliveryEvent.Builder said(Progress progress) {
        return DeliveryEvent.of(
                KEY, Direction.OUTBOUND, progress, progress.name().toLowerCase());
    }

    private static MessageState state(DeliveryEvent.Builder... events) {
        MessageHistory history = MessageHistory.none(KEY);
        long sequence = 0;
        for (DeliveryEvent.Builder event : List.of(events)) {
            sequence++;
            history = history.with(new RecordedEvent(
                    sequence, ARRIVAL.plusSeconds(sequence), true, Source.WEBHOOK, ACCOUNT, event.build()));
        }
        return MessageState.of(history);
    }
}
