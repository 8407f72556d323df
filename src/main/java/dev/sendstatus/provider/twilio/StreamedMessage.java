package dev.sendstatus.provider.twilio;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Rfc3339;
import dev.sendstatus.provider.Words;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The content of one CloudEvent. */
sealed interface StreamedMessage {

    /** A statement about a message. */
    record Stated(DeliveryEvent event) implements StreamedMessage {}

    /** It validates the sink. Its CloudEvents id is the account's SID, the same each time; the test's own id tells it. */
    record Test(String id) implements StreamedMessage {}

    /** Nothing that is known here. */
    record Unreadable(String why) implements StreamedMessage {}

    static StreamedMessage read(CloudEvent event) {
        String type = event.type();
        if (type == null) {
            return new Unreadable("an event without a type");
        }
        if (type.equals(EventStreamTypes.TEST)) {
            String id = Objects.requireNonNullElse(event.data("test_id"), Objects.requireNonNullElse(event.id(), ""));
            return new Test(SentText.shown(id));
        }
        String word = EventStreamTypes.statusWord(type);
        Progress progress = word == null ? null : TwilioStatuses.progress(word);
        if (word == null || progress == null) {
            return new Unreadable("unknown type " + SentText.shown(type));
        }
        if (event.data() == null) {
            return new Unreadable("no data in " + type);
        }
        String id = event.data("messageSid");
        if (id == null) {
            return new Unreadable("no messageSid in " + type);
        }
        if (!Words.isStorable(id)) {
            return new Unreadable("a messageSid with characters that no store keeps in " + type);
        }
        return new Stated(stated(event, new MessageKey(TwilioAdapter.TWILIO, id), type, progress, word));
    }

    private static DeliveryEvent stated(
            CloudEvent event, MessageKey message, String type, Progress progress, String word) {
        boolean inbound = type.equals(EventStreamTypes.INBOUND);
        String segments = event.data(inbound ? "numSegments" : "numberOfSegments");
        return DeliveryEvent.of(message, inbound ? Direction.INBOUND : Direction.OUTBOUND, progress, word)
                .to(cleaned(event.data("to")))
                .soleRecipient()
                .errorCode(ErrorCodes.present(cleaned(event.data("errorCode"))))
                .occurredAt(occurredAt(event))
                .eventId(cleaned(event.id()))
                .detail(detail(event, word))
                .from(cleaned(event.data("from")))
                .carrier(carrier(event))
                .segments(JsonFields.segments(segments))
                .build();
    }

    /** The envelope's time, which even Twilio's own examples lack at times; null leaves it to the arrival. */
    private static @Nullable Instant occurredAt(CloudEvent event) {
        Instant time = Rfc3339.read(event.time());
        return time != null ? time : Rfc3339.read(event.data("timestamp"));
    }

    /** The type decides: Twilio's sample of a delivered event says QUEUED inside. The statement that it contradicts is kept. */
    private static @Nullable String detail(CloudEvent event, String word) {
        Detail detail = new Detail();
        detail.add("RawDlrDoneDate", event.data("rawDlrDoneDate"));
        String status = event.data("messageStatus");
        if (status != null && !TwilioStatuses.same(status, word)) {
            detail.add("messageStatus", status);
        }
        return detail.text();
    }

    /** The network's codes as text, since both have zeros in front: {@code 310-004}. */
    private static @Nullable String carrier(CloudEvent event) {
        String country = event.data("mcc");
        String network = event.data("mnc");
        return country == null || network == null ? null : SentText.shown(country + '-' + network);
    }

    private static @Nullable String cleaned(@Nullable String text) {
        return text == null ? null : SentText.cleaned(text);
    }
}
