package dev.sendstatus.provider.twilio;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a status callback or of an inbound message: {@code docs/providers/twilio.md}, Status callback and
 * Inbound messages. Neither has a time, so both leave it to the arrival.
 */
final class FormCallback {
    private final FormParameters parameters;
    private final @Nullable String messageStatus;
    private final @Nullable String smsStatus;

    private FormCallback(FormParameters parameters) {
        this.parameters = parameters;
        this.messageStatus = parameters.first("MessageStatus");
        this.smsStatus = parameters.first("SmsStatus");
    }

    static Parsed read(FormParameters parameters) {
        return new FormCallback(parameters).read();
    }

    /** Whether it is an inbound message, which can be understood. */
    static boolean isInbound(FormParameters parameters) {
        FormCallback callback = new FormCallback(parameters);
        return callback.inbound() && callback.id() != null;
    }

    /** The message that it names, if it is not understood. */
    static List<String> unread(FormParameters parameters) {
        FormCallback callback = new FormCallback(parameters);
        String id = callback.id();
        return id == null || callback.read() instanceof Parsed.Events ? List.of() : List.of(id);
    }

    private Parsed read() {
        String id = id();
        if (id == null) {
            return new Parsed.NotUnderstood("neither MessageSid nor SmsSid");
        }
        if (!Words.isStorable(id)) {
            return new Parsed.NotUnderstood("a MessageSid with characters that no store keeps");
        }
        return inbound() ? inbound(id) : status(id);
    }

    /** {@code SmsSid} is the old name of the same value. Opaque: 34 characters are the rule, and no reason to refuse others. */
    private @Nullable String id() {
        String id = parameters.firstAsSent("MessageSid");
        return id != null ? id : parameters.firstAsSent("SmsSid");
    }

    /** Both kinds can come to one URL; an inbound message has no {@code MessageStatus}. */
    private boolean inbound() {
        if (messageStatus != null) {
            return TwilioStatuses.inbound(messageStatus);
        }
        return (smsStatus != null && TwilioStatuses.inbound(smsStatus))
                || parameters.has("SmsMessageSid")
                || parameters.has("NumMedia");
    }

    private Parsed inbound(String id) {
        String word = messageStatus != null ? messageStatus : smsStatus;
        DeliveryEvent event = event(id, Direction.INBOUND, Progress.DELIVERED, word != null ? word : "received");
        return new Parsed.Events(List.of(event));
    }

    private Parsed status(String id) {
        String word = messageStatus != null ? messageStatus : smsStatus;
        if (word == null) {
            return new Parsed.NotUnderstood("neither MessageStatus nor SmsStatus");
        }
        Progress progress = TwilioStatuses.progress(word);
        if (progress == null) {
            return new Parsed.NotUnderstood("unknown MessageStatus " + SentText.shown(word));
        }
        return new Parsed.Events(List.of(event(id, Direction.OUTBOUND, progress, word)));
    }

    private DeliveryEvent event(String id, Direction direction, Progress progress, String word) {
        return DeliveryEvent.of(new MessageKey(TwilioAdapter.TWILIO, id), direction, progress, word)
                .to(parameters.first("To"))
                .soleRecipient()
                .errorCode(ErrorCodes.present(parameters.first("ErrorCode")))
                .detail(detail())
                .from(parameters.first("From"))
                .segments(JsonFields.segments(parameters.first("NumSegments")))
                .build();
    }

    /**
     * The detail that tells two callbacks of one status apart. It includes the carrier's own time, which is not the event's: it has
     * no zone, and its offset differs even within one carrier.
     */
    private @Nullable String detail() {
        Detail detail = new Detail();
        detail.add("RawDlrDoneDate", parameters.first("RawDlrDoneDate"));
        detail.add("EventType", parameters.first("EventType"));
        if (messageStatus != null && smsStatus != null && !TwilioStatuses.same(messageStatus, smsStatus)) {
            detail.add("SmsStatus", smsStatus);
        }
        return detail.text();
    }
}
