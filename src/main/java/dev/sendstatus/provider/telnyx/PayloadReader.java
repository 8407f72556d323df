package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Statements;
import dev.sendstatus.provider.Words;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the message of one v2 event: an event of ours for each entry of {@code to}. Used once, by one thread. */
final class PayloadReader {
    private final MessageEvent event;
    private final @Nullable String eventId;
    private final @Nullable Instant occurredAt;
    private final JsonNode payload;
    private final Statements into;

    PayloadReader(
            MessageEvent event,
            @Nullable String eventId,
            @Nullable Instant occurredAt,
            JsonNode payload,
            Statements into) {
        this.event = event;
        this.eventId = eventId;
        this.occurredAt = occurredAt;
        this.payload = payload;
        this.into = into;
    }

    void read() {
        String id = JsonFields.text(payload, "id");
        if (id == null) {
            into.doubt("payload.id is " + JsonFields.kind(payload.get("id")));
            return;
        }
        // The direction as written, else the one that the event type implies. A sent message that calls itself inbound
        // is a contradiction.
        Direction direction =
                JsonFields.says(payload, "direction") ? TelnyxStatuses.direction(payload) : event.impliedDirection();
        if (direction == null || !event.goes(direction)) {
            into.doubt(event.word() + " with direction " + TelnyxStatuses.shown(payload));
            return;
        }
        List<RecipientEntry> recipients = RecipientEntry.of(payload.get("to"));
        RecipientErrors errors = new RecipientErrors(payload, recipients.size());
        for (int i = 0; i < recipients.size(); i++) {
            RecipientEntry recipient = recipients.get(i);
            if (recipient.doubt() != null) {
                into.doubt(recipient.doubt());
            } else if (direction == Direction.INBOUND) {
                received(id, recipient);
            } else {
                outbound(id, recipient, i, errors);
            }
        }
    }

    /** Inbound messages are always delivered, whatever status the sending side or our number's entry carries. */
    private void received(String id, RecipientEntry recipient) {
        String status = JsonFields.text(recipient.entry(), "status");
        String word = event == MessageEvent.READ ? "read" : status != null ? status : "received";
        into.add(describe(id, Direction.INBOUND, Progress.DELIVERED, word, recipient)
                .sentAt(JsonFields.time(payload, "sent_at"))
                .build());
    }

    /**
     * The status decides; the event type where there is none. A word that is not known is never guessed to be good news, and it is an error
     * only where the callback is final and names errors. {@code from.status} is never read: on a delivered outbound message it says
     * {@code webhook_delivered}.
     */
    private void outbound(String id, RecipientEntry recipient, int index, RecipientErrors errors) {
        JsonNode own = recipient.entry() == null ? null : recipient.entry().get("status");
        JsonNode status = own == null || own.isNull() ? payload.path("status") : own;
        String word = event.word();
        Progress progress = null;
        String doubt = "";
        if (event == MessageEvent.READ) {
            word = "read";
            progress = Progress.DELIVERED;
        } else if (status.isTextual() && JsonFields.usable(status.textValue())) {
            word = status.textValue();
            progress = TelnyxStatuses.progress(word, false);
            doubt = "status " + Words.quoted(word) + " is not known";
        } else if (status.isMissingNode()
                || status.isNull()
                || status.isTextual() && status.textValue().isEmpty()) {
            progress = event.hint();
            doubt = word + " without a status";
        } else {
            doubt = "status is " + JsonFields.kind(status);
        }
        if (progress == null) {
            boolean failed = event.endsWithErrors() && errors.concern(index, recipient.entry());
            into.doubt(failed ? doubt + "; taken as failed for its errors" : doubt);
            progress = failed ? Progress.FAILED : null;
        }
        if (progress != null) {
            add(id, recipient, progress, word, errors.code(progress, index, recipient.entry()));
        }
    }

    private void add(String id, RecipientEntry recipient, Progress progress, String word, @Nullable String code) {
        Instant sentAt = JsonFields.time(payload, "sent_at");
        Instant taken = sentAt != null ? sentAt : JsonFields.time(payload, "received_at");
        JsonNode cost = payload.path("cost");
        into.add(describe(id, Direction.OUTBOUND, progress, word, recipient)
                .errorCode(code)
                .sentAt(taken)
                .cost(JsonFields.cost(JsonFields.amount(cost.get("amount")), JsonFields.text(cost, "currency")))
                .build());
        String group = JsonFields.text(payload, "group_message_id");
        if (group != null && !group.equals(id)) {
            // The send call answered with the group's id alone; a look-up by it must find every recipient. Without the
            // cost, which would otherwise be counted twice.
            into.add(describe(group, Direction.OUTBOUND, progress, word, recipient)
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
