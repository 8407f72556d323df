package dev.sendstatus.provider.twilio;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event types that are subscribed to: {@code docs/providers/twilio.md}, Event Streams. */
final class EventStreamTypes {
    static final String INBOUND = "com.twilio.messaging.inbound-message.received";

    /** Twilio sends it to validate a sink. */
    static final String TEST = "com.twilio.eventstreams.test-event";

    private static final Map<String, String> STATUS_WORDS = Map.of(
            // Offered for subscription, but never seen for messages that were sent by API.
            "com.twilio.messaging.message.queued",
            "queued",
            "com.twilio.messaging.message.sent",
            "sent",
            "com.twilio.messaging.message.delivered",
            "delivered",
            "com.twilio.messaging.message.undelivered",
            "undelivered",
            "com.twilio.messaging.message.failed",
            "failed",
            "com.twilio.messaging.message.read",
            "read",
            INBOUND,
            "received");

    private EventStreamTypes() {}

    /** The status that an event of that type reports, as a form would call it; null if the type is not known. */
    static @Nullable String statusWord(String type) {
        return STATUS_WORDS.get(type);
    }
}
