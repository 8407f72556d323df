package dev.sendstatus.provider.telnyx;

import dev.sendstatus.event.Direction;
import dev.sendstatus.event.Progress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The event types that speak of a message. The outcome stands in the status; the type only helps where that is missing, and
 * {@code message.finalized} then tells nothing, since it covers success, failure and "never known".
 */
enum MessageEvent {
    SENT("message.sent", Progress.SENT),
    FINALIZED("message.finalized", null),
    RECEIVED("message.received", Progress.DELIVERED),
    /** RCS and WhatsApp; comes after the end was reported. */
    READ("message.read", Progress.DELIVERED),
    /** Not in the API's description, though several of Telnyx's texts name it. */
    DELIVERED("message.delivered", Progress.DELIVERED),
    /** Likewise. */
    FAILED("message.failed", Progress.FAILED);

    static final String PREFIX = "message.";

    private final String word;
    private final @Nullable Progress hint;

    MessageEvent(String word, @Nullable Progress hint) {
        this.word = word;
        this.hint = hint;
    }

    /** Null if it is none of these. */
    static @Nullable MessageEvent of(String eventType) {
        String lower = eventType.toLowerCase(Locale.ROOT);
        for (MessageEvent event : values()) {
            if (event.word.equals(lower)) {
                return event;
            }
        }
        return null;
    }

    String word() {
        return word;
    }

    /** The progress of a message without a status; null if the type does not tell. */
    @Nullable
    Progress hint() {
        return hint;
    }

    /** Whether errors beside a status that is not understood mean that the message failed. */
    boolean endsWithErrors() {
        return this == FINALIZED || this == FAILED;
    }

    Direction impliedDirection() {
        return this == RECEIVED ? Direction.INBOUND : Direction.OUTBOUND;
    }

    /** Only an RCS or WhatsApp reading may go either way; a sent message that calls itself inbound is a contradiction. */
    boolean goes(Direction direction) {
        return this == READ || direction == impliedDirection();
    }
}
