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
    /** {@code SmsSid} is the old name of the same value. Opaque: 34 characters are the rule, and no reason to refuse others. */
    private final @Nullable String id;

    private final @Nullable String messageStatus;
    private final @Nullable String smsStatus;
    private final boolean inbound;

    private FormCallback(FormParameters parameters) {
        this.parameters = parameters;
        String messageSid = parameters.first("MessageSid");
        this.id = messageSid != null ? messageSid : parameters.first("SmsSid");
        this.messageStatus = parameters.first("MessageStatus");
        this.smsStatus = parameters.first("SmsStatus");
        // Both kinds can come to one URL; an inbound message has no MessageStatus.
        this.inbound = messageStatus != null
                ? TwilioStatuses.inbound(messageStatus)
                : (smsStatus != null && TwilioStatuses.inbound(smsStatus))
                        || parameters.has("SmsMessageSid")
                        || parameters.has("NumMedia");
    }

    static Parsed read(FormParameters parameters) {
        return new FormCallback(parameters).read();
    }

    /** Whether it is an inbound message, which can be understood. */
    static boolean isInbound(FormParameters parameters) {
        FormCallback callback = new FormCallback(parameters);
        return callback.inbound && callback.id != null;
    }

    private Parsed read() {
        String status = messageStatus != null ? messageStatus : smsStatus;
        String word = status == null && inbound ? "received" : status;
        Progress progress = inbound ? Progress.DELIVERED : word == null ? null : TwilioStatuses.progress(word);
        if (id == null) {
            return new Parsed.NotUnderstood("neither MessageSid nor SmsSid");
        }
        if (!Words.isStorable(id)) {
            return new Parsed.NotUnderstood("a MessageSid with characters that no store keeps", List.of(id));
        }
        if (word == null || progress == null) {
            String why =
                    word == null ? "neither MessageStatus nor SmsStatus" : "unknown MessageStatus " + Words.shown(word);
            return new Parsed.NotUnderstood(why, List.of(id));
        }
        boolean disagrees =
                messageStatus != null && smsStatus != null && !TwilioStatuses.same(messageStatus, smsStatus);
        Direction direction = inbound ? Direction.INBOUND : Direction.OUTBOUND;
        DeliveryEvent event = DeliveryEvent.of(new MessageKey(TwilioAdapter.TWILIO, id), direction, progress, word)
                .to(parameters.first("To"))
                .soleRecipient()
                .errorCode(TwilioStatuses.errorCode(parameters.first("ErrorCode")))
                // These tell two callbacks of one status apart. The carrier's own time is among them and is not the
                // time of
                // the event: it has no zone, and its offset differs even within one carrier.
                .detail(TwilioStatuses.detail(
                        "RawDlrDoneDate", parameters.first("RawDlrDoneDate"),
                        "EventType", parameters.first("EventType"),
                        "SmsStatus", disagrees ? smsStatus : null))
                .from(parameters.first("From"))
                .segments(JsonFields.segments(parameters.first("NumSegments")))
                .build();
        return new Parsed.Events(List.of(event));
    }
}
