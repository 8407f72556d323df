package dev.sendstatus.event;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One provider's statement about one message and one recipient. Everything that changes a state is one of these.
 *
 * @param message which message
 * @param recipient whom it speaks of; null if the provider named nobody
 * @param soleRecipient the provider's messages have one recipient each, whatever channel prefix its address comes with
 *     (Twilio: a send request takes one {@code To})
 * @param direction which way the message goes
 * @param progress how far this takes the message
 * @param providerStatus the provider's own word, as sent
 * @param errorCode the provider's own code as a string; null if it sent none
 * @param occurredAt the provider's own time of the event, to the millisecond; null if it sent none
 * @param eventId the provider's own id of the event; null if it has none
 * @param detail what else tells two statements apart that would otherwise be the same (Twilio's {@code RawDlrDoneDate} and
 *     {@code EventType}); never a message text; null if nothing does
 * @param from the sending number, name or address; null if it sent none
 * @param carrier the recipient's carrier as the provider names it; null if unknown
 * @param sentAt when the provider says that the message was sent; null if it does not
 * @param segments into how many parts the message was split, 1 or more; 0 if unknown
 * @param cost what the message cost; null if unknown
 * @param registration what only the sending program can say; null for a statement of a provider
 */
public record DeliveryEvent(
        MessageKey message,
        @Nullable Recipient recipient,
        boolean soleRecipient,
        Direction direction,
        Progress progress,
        String providerStatus,
        @Nullable String errorCode,
        @Nullable Instant occurredAt,
        @Nullable String eventId,
        @Nullable String detail,
        @Nullable String from,
        @Nullable String carrier,
        @Nullable Instant sentAt,
        int segments,
        @Nullable Cost cost,
        @Nullable Registration registration) {

    public DeliveryEvent {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(providerStatus, "providerStatus");
        if (segments < 0) {
            throw new IllegalArgumentException("segments is 0 (unknown) or more, not " + segments);
        }
        if (direction == Direction.INBOUND && progress != Progress.DELIVERED) {
            throw new IllegalArgumentException("an inbound message is always delivered, not " + progress);
        }
        providerStatus = PlainText.of(providerStatus);
        errorCode = emptyToNull(errorCode);
        eventId = emptyToNull(eventId);
        detail = emptyToNull(detail);
        from = emptyToNull(from);
        carrier = emptyToNull(carrier);
        occurredAt = toMillis(occurredAt);
        sentAt = toMillis(sentAt);
    }

    /** A statement with nothing but the essentials; the rest is added by the builder's methods. */
    public static Builder of(MessageKey message, Direction direction, Progress progress, String providerStatus) {
        return new Builder(message, direction, progress, providerStatus);
    }

    /** A builder of the same statement. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The same statement about another recipient. @param other null for nobody in particular */
    public DeliveryEvent speakingOf(@Nullable Recipient other) {
        return toBuilder().to(other).build();
    }

    private static @Nullable String emptyToNull(@Nullable String value) {
        return value == null || value.isEmpty() ? null : PlainText.of(value);
    }

    /** Stores keep milliseconds; cut here, so that a stored event equals the one that was sent. */
    private static @Nullable Instant toMillis(@Nullable Instant time) {
        return time == null || time.getNano() % 1_000_000 == 0 ? time : Instant.ofEpochMilli(time.toEpochMilli());
    }

    /** Collects the optional parts; used by one thread, for one event. */
    public static final class Builder {
        private final MessageKey message;
        private final Direction direction;
        private final Progress progress;
        private final String providerStatus;
        private @Nullable Recipient recipient;
        private boolean soleRecipient;
        private @Nullable String errorCode;
        private @Nullable Instant occurredAt;
        private @Nullable String eventId;
        private @Nullable String detail;
        private @Nullable String from;
        private @Nullable String carrier;
        private @Nullable Instant sentAt;
        private int segments;
        private @Nullable Cost cost;
        private @Nullable Registration registration;

        private Builder(MessageKey message, Direction direction, Progress progress, String providerStatus) {
            this.message = message;
            this.direction = direction;
            this.progress = progress;
            this.providerStatus = providerStatus;
        }

        private Builder(DeliveryEvent said) {
            this(said.message, said.direction, said.progress, said.providerStatus);
            this.recipient = said.recipient;
            this.soleRecipient = said.soleRecipient;
            this.errorCode = said.errorCode;
            this.occurredAt = said.occurredAt;
            this.eventId = said.eventId;
            this.detail = said.detail;
            this.from = said.from;
            this.carrier = said.carrier;
            this.sentAt = said.sentAt;
            this.segments = said.segments;
            this.cost = said.cost;
            this.registration = said.registration;
        }

        /** Null or empty: nobody was named. */
        public Builder to(@Nullable String address) {
            return to(address == null || address.isEmpty() ? null : new Recipient(address));
        }

        /** Null: nobody was named. */
        public Builder to(@Nullable Recipient named) {
            this.recipient = named;
            return this;
        }

        public Builder soleRecipient() {
            this.soleRecipient = true;
            return this;
        }

        public Builder errorCode(@Nullable String code) {
            this.errorCode = code;
            return this;
        }

        public Builder occurredAt(@Nullable Instant time) {
            this.occurredAt = time;
            return this;
        }

        public Builder eventId(@Nullable String id) {
            this.eventId = id;
            return this;
        }

        public Builder detail(@Nullable String text) {
            this.detail = text;
            return this;
        }

        public Builder from(@Nullable String address) {
            this.from = address;
            return this;
        }

        public Builder carrier(@Nullable String name) {
            this.carrier = name;
            return this;
        }

        public Builder sentAt(@Nullable Instant time) {
            this.sentAt = time;
            return this;
        }

        public Builder segments(int count) {
            this.segments = count;
            return this;
        }

        public Builder cost(@Nullable Cost amount) {
            this.cost = amount;
            return this;
        }

        public Builder registration(@Nullable Registration said) {
            this.registration = said;
            return this;
        }

        public DeliveryEvent build() {
            return new DeliveryEvent(
                    message,
                    recipient,
                    soleRecipient,
                    direction,
                    progress,
                    providerStatus,
                    errorCode,
                    occurredAt,
                    eventId,
                    detail,
                    from,
                    carrier,
                    sentAt,
                    segments,
                    cost,
                    registration);
        }
    }
}
