package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Reasons;
import dev.sendstatus.provider.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the message of one v2 event: an event of ours for each entry of {@code to}. Used once, by one thread. */
final class PayloadReader {
    private final MessageEvent event;
    private final @Nullable String eventId;
    private final @Nullable Instant occurredAt;
    private final JsonNode payload;
    private final List<DeliveryEvent> events = new ArrayList<>(1);
    private final Reasons doubts = new Reasons();

    PayloadReader(MessageEvent event, @Nullable String eventId, @Nullable Instant occurredAt, JsonNode payload) {
        this.event = event;
        this.eventId = eventId;
        this.occurredAt = occurredAt;
        this.payload = payload;
    }

    Parsed read() {
        String id = JsonFields.text(payload, "id");
        if (id == null) {
            return new Parsed.NotUnderstood("payload.id is " + JsonFields.kind(payload.get("id")));
        }
        Direction direction = direction();
        if (direction == null) {
            return new Parsed.NotUnderstood(event.word() + " with direction " + directionWord());
        }
        List<RecipientEntry> recipients = RecipientEntry.of(payload.get("to"));
        MessageErrors errors = new MessageErrors(payload, recipients.size());
        for (int i = 0; i < recipients.size(); i++) {
            RecipientEntry recipient = recipients.get(i);
            if (recipient.doubt() != null) {
                doubts.add(recipient.doubt());
            } else if (direction == Direction.INBOUND) {
                received(id, recipient);
            } else {
                outbound(id, recipient, i, errors);
            }
        }
        return events.isEmpty() ? new Parsed.NotUnderstood(doubts.joined()) : new Parsed.Events(events, doubts.all());
    }

    /** The written direction, else the one that the event type implies; null if they contradict or the word is not known. */
    private @Nullable Direction direction() {
        if (!JsonFields.says(payload, "direction")) {
            return event.impliedDirection();
        }
        Direction written = Directions.of(payload);
        return written != null && event.goes(written) ? written : null;
    }

    private String directionWord() {
        String word = JsonFields.text(payload, "direction");
        return word == null ? "of an unexpected kind" : Words.quoted(word);
    }

    /** Inbound messages are always delivered, whatever status the sending side or our number's entry carries. */
    private void received(String id, RecipientEntry recipient) {
        String status = JsonFields.text(recipient.entry(), "status");
        String word = event == MessageEvent.READ ? "read" : status != null ? status : "received";
        events.add(describe(id, Direction.INBOUND, Progress.DELIVERED, word, recipient)
                .sentAt(ProviderTime.iso(payload, "sent_at"))
                .build());
    }

    /** {@code from.status} is never read: on a delivered outbound message it says {@code webhook_delivered}. */
    private void outbound(String id, RecipientEntry recipient, int index, MessageErrors errors) {
        JsonNode own = recipient.status();
        JsonNode status = own == null || own.isNull() ? payload.get("status") : own;
        Reading reading = Reading.of(event, status, errors.concern(index, recipient.entry()));
        if (reading.doubt() != null) {
            doubts.add(reading.doubt());
        }
        Progress progress = reading.progress();
        if (progress == null) {
            return;
        }
        boolean ended = progress == Progress.FAILED || progress == Progress.UNCONFIRMED;
        String code = ended ? errors.code(index, recipient.entry()) : null;
        Instant sentAt = ProviderTime.iso(payload, "sent_at");
        Instant taken = sentAt != null ? sentAt : ProviderTime.iso(payload, "received_at");
        events.add(describe(id, Direction.OUTBOUND, progress, reading.word(), recipient)
                .errorCode(code)
                .sentAt(taken)
                .cost(MessageCost.of(payload))
                .build());
        String group = JsonFields.text(payload, "group_message_id");
        if (group != null && !group.equals(id)) {
            // The send call answered with the group's id alone; a look-up by it must find every recipient. Without the
            // cost,
            // which would otherwise be counted twice.
            events.add(describe(group, Direction.OUTBOUND, progress, reading.word(), recipient)
                    .errorCode(code)
                    .sentAt(taken)
                    .build());
        }
    }

    private DeliveryEvent.Builder describe(
            String id, Direction direction, Progress progress, String word, RecipientEntry recipient) {
        return DeliveryEvent.of(new MessageKey(TelnyxAdapter.TELNYX, id), direction, progress, word)
                .to(recipient.address())
                .occurredAt(occurredAt)
                .eventId(eventId)
                .from(RecipientEntry.sender(payload.get("from")))
                .carrier(JsonFields.text(recipient.entry(), "carrier"))
                .segments(JsonFields.segments(JsonFields.digits(payload, "parts")));
    }
}
