package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of a v2 callback about one plain text message, pretty-printed with two spaces as Telnyx's are. */
final class SimulatedBody {

    /** Codes of messages that never left Telnyx: expired in its queue, its own spam filter, the recipient's opt-out. */
    private static final Set<String> NEVER_SENT = Set.of("40014", "40015", "40300");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);

    private static final String BODY = """
            {
              "data": {
                "event_type": %s,
                "id": "%s",
                "occurred_at": "%s",
                "payload": {
                  "cc": [],
                  "completed_at": %s,
                  "cost": %s,
                  "direction": "%s",
                  "encoding": "GSM-7",
                  "errors": %s,
                  "from": {
                    "carrier": "Telnyx",
                    "line_type": "Wireless",
                    "phone_number": %s
                  },
                  "id": %s,
                  "media": [],
                  "messaging_profile_id": "4001740f-1bf7-4ba7-a1f1-0c3a7e8f2b5d",
                  "organization_id": "b448f9cc-a842-4784-98e9-03c1a5872950",
                  "parts": %d,
                  "received_at": "%s",
                  "record_type": "message",
                  "sent_at": %s,
                  "subject": null,
                  "tags": [],
                  "text": %s,
                  "to": [
                    {
                      "carrier": "T-MOBILE USA, INC.",
                      "line_type": "Wireless",
                      "phone_number": %s,
                      "status": "%s"
                    }
                  ],
                  "type": "SMS",
                  "valid_until": null,
                  "webhook_failover_url": null,
                  "webhook_url": %s
                },
                "record_type": "event"
              },
              "meta": {
                "attempt": 1,
                "delivered_to": %s
              }
            }""";

    private static final String ERRORS = """
            [
                    {
                      "code": %s,
                      "title": "Message not delivered"
                    }
                  ]""";

    private static final String COST = """
            {
                    "amount": "0.0040",
                    "currency": "USD"
                  }""";

    private SimulatedBody() {}

    static String of(SimulatedMessage message, String publicUrl) {
        Outcome outcome = message.outcome();
        boolean inbound = outcome == Outcome.RECEIVED;
        boolean finalized = outcome != Outcome.SENT && !inbound;
        boolean neverSent =
                outcome == Outcome.FAILED && message.errorCode() != null && NEVER_SENT.contains(message.errorCode());
        return BODY.formatted(
                quoted(eventType(outcome)),
                eventId(message),
                TIME.format(message.occurredAt()),
                finalized ? time(message.occurredAt()) : "null",
                neverSent ? "null" : COST,
                inbound ? "inbound" : "outbound",
                message.errorCode() == null ? "[]" : ERRORS.formatted(quoted(message.errorCode())),
                quoted(message.from()),
                quoted(message.id()),
                1,
                TIME.format(message.sentAt()),
                inbound || neverSent ? "null" : time(message.sentAt()),
                quoted(message.text()),
                quoted(message.to()),
                status(outcome, neverSent),
                quoted(publicUrl),
                quoted(publicUrl));
    }

    private static String eventType(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> throw new IllegalArgumentException("Telnyx sends no callback for a message that waits");
            case SENT -> MessageEvent.SENT.word();
            case RECEIVED -> MessageEvent.RECEIVED.word();
            case DELIVERED, FAILED, UNCONFIRMED -> MessageEvent.FINALIZED.word();
        };
    }

    private static String status(Outcome outcome, boolean neverSent) {
        return switch (outcome) {
            case ACCEPTED -> "queued";
            case SENT -> "sent";
            case DELIVERED -> "delivered";
            case FAILED -> neverSent ? "sending_failed" : "delivery_failed";
            case UNCONFIRMED -> "delivery_unconfirmed";
            case RECEIVED -> "webhook_delivered";
        };
    }

    /** The same for every repetition of one callback, as Telnyx's is. */
    private static UUID eventId(SimulatedMessage message) {
        String identity = message.id() + ' ' + message.to() + ' ' + message.outcome() + ' ' + message.occurredAt();
        return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    }

    private static String time(Instant time) {
        return '"' + TIME.format(time) + '"';
    }

    private static String quoted(@Nullable String text) {
        return text == null
                ? "null"
                : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
