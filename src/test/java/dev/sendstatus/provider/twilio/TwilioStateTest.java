package dev.sendstatus.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.state.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What several callbacks of one message come to, in the orders in which Twilio sends them. */
final class TwilioStateTest {
    private static final Instant ARRIVAL = Instant.parse("2026-11-25T12:00:00Z");
    private static final MessageKey MESSAGE = new MessageKey(TwilioAdapter.TWILIO, "SM1");
    private static final AccountName ACCOUNT = new AccountName(TwilioAdapter.TWILIO, "main");

    private static DeliveryEvent event(String type, String body) {
        CallbackRequest request = new CallbackRequest(
                "POST",
                SignedRequest.URL,
                null,
                name -> name.equalsIgnoreCase("Content-Type") ? type : null,
                body.getBytes(StandardCharsets.UTF_8),
                ARRIVAL);
        Parsed parsed = new TwilioAdapter().parse(request);
        assertThat(parsed).isInstanceOf(Parsed.Events.class);
        return ((Parsed.Events) parsed).events().get(0);
    }

    private static DeliveryEvent form(String parameters) {
        return event(SignedRequest.FORM, "MessageSid=SM1&" + parameters);
    }

    private static MessageState after(DeliveryEvent... events) {
        MessageHistory history = MessageHistory.none(MESSAGE);
        long sequence = 0;
        for (DeliveryEvent event : events) {
            sequence++;
            history = history.with(
                    new RecordedEvent(sequence, ARRIVAL.plusMillis(sequence), true, Source.WEBHOOK, ACCOUNT, event));
        }
        return MessageState.of(history);
    }

    @Test
    void lateSentDoesNotUndoDelivered() {
        MessageState state = after(form("To=%2B12025550143&MessageStatus=delivered"), form("MessageStatus=sent"));
        assertThat(state.status()).isEqualTo(SendStatus.DELIVERED);
        assertThat(state.recipients()).extracting(RecipientState::to).containsExactly(new Recipient("+12025550143"));
    }

    @Test
    void failedWithoutACodeDoesNotEraseTheKnownCode() {
        MessageState state = after(form("MessageStatus=failed&ErrorCode=30007"), form("MessageStatus=failed"));
        assertThat(state.errorCode()).isEqualTo("30007");
    }

    @Test
    void undeliveredAndDeliveredOfALongTextAreAConflictThatDeliveredWins() {
        MessageState state = after(form("MessageStatus=delivered"), form("MessageStatus=undelivered&ErrorCode=30005"));
        assertThat(state.status()).isEqualTo(SendStatus.DELIVERED);
        assertThat(state.conflict()).isTrue();
    }

    @Test
    void rcsThatFellBackToSmsHasOneRecipient() {
        MessageState state = after(
                form("To=rcs%3A%2B12025550143&MessageStatus=sent"), form("To=%2B12025550143&MessageStatus=delivered"));
        assertThat(state.recipients()).hasSize(1);
        assertThat(state.status()).isEqualTo(SendStatus.DELIVERED);
    }

    @Test
    void requestCutElsewhereLowersNothing() {
        DeliveryEvent failed = form("ErrorCode=30003&MessageStatus=failed");
        DeliveryEvent cut = form("ErrorCode3=0003&MessageStatus=failed");
        DeliveryEvent delivered = form("MessageStatus=delivered");
        assertThat(after(failed, cut).errorCode()).isEqualTo("30003");
        assertThat(after(delivered, cut).status()).isEqualTo(SendStatus.DELIVERED);
    }

    @Test
    void replayChangesNothing() {
        DeliveryEvent sent = form("MessageStatus=sent");
        DeliveryEvent failed = form("MessageStatus=failed&ErrorCode=30003");
        assertThat(after(sent, failed, sent, failed)).isEqualTo(after(sent, failed));
    }

    @Test
    void bothFeedsSayTheSame() {
        DeliveryEvent streamed = event(
                "application/json",
                "[{\"id\":\"EZ1\",\"type\":\"com.twilio.messaging.message.failed\",\"time\":\"2026-11-25T11:59:59Z\","
                        + "\"data\":{\"messageSid\":\"SM1\",\"to\":\"+12025550143\",\"errorCode\":30003}}]");
        DeliveryEvent form = form("To=%2B12025550143&MessageStatus=failed&ErrorCode=30003");
        MessageState both = after(form, streamed);
        assertThat(both.errorCode()).isEqualTo("30003").isEqualTo(after(form).errorCode());
        assertThat(both.recipients()).hasSize(1);
        assertThat(both.conflict()).isFalse();
    }

    @Test
    void aTimeOfTheStreamThatCannotBeIsNoTime() {
        DeliveryEvent streamed = event(
                "application/json",
                "[{\"id\":\"EZ1\",\"type\":\"com.twilio.messaging.message.sent\",\"time\":\"1970-01-01T00:00:00Z\","
                        + "\"data\":{\"messageSid\":\"SM1\",\"to\":\"+12025550143\"}}]");
        MessageState state = after(streamed);
        assertThat(streamed.occurredAt()).isEqualTo(Instant.EPOCH);
        assertThat(state.sentAt()).isNull();
        assertThat(state.waitingSince()).isEqualTo(ARRIVAL.plusMillis(1));
    }

    @Test
    void unconfirmedIsNeitherOpenNorAnError() {
        MessageState state = after(form("MessageStatus=sent"), form("MessageStatus=delivery_unknown"));
        assertThat(state.status()).isEqualTo(SendStatus.SENT);
        assertThat(state.unconfirmed()).isTrue();
        assertThat(state.open()).isFalse();
    }
}
