package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Words;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one recipient's part of an outbound callback.
 *
 * @param progress null if no event can be made of it
 * @param word the provider's word that led to it
 * @param doubt why a person should look at it; null if it was understood
 */
record Reading(
        @Nullable Progress progress, String word, @Nullable String doubt) {

    /**
     * The status decides; the event type where there is none. A word that is not known is never guessed to be good news, and
     * it is an error only where the callback is final and names errors.
     */
    static Reading of(MessageEvent event, @Nullable JsonNode status, boolean errors) {
        if (event == MessageEvent.READ) {
            return new Reading(Progress.DELIVERED, "read", null);
        }
        if (status != null && status.isTextual() && JsonFields.usable(status.textValue())) {
            String word = status.textValue();
            Progress progress = TelnyxStatuses.progress(word);
            return progress != null
                    ? new Reading(progress, word, null)
                    : unknown(event, word, "status " + Words.quoted(word) + " is not known", errors);
        }
        if (isAbsent(status)) {
            Progress hint = event.hint();
            return hint != null
                    ? new Reading(hint, event.word(), null)
                    : unknown(event, event.word(), event.word() + " without a status", errors);
        }
        return unknown(event, event.word(), "status is " + JsonFields.kind(status), errors);
    }

    private static Reading unknown(MessageEvent event, String word, String doubt, boolean errors) {
        return event.endsWithErrors() && errors
                ? new Reading(Progress.FAILED, word, doubt + "; taken as failed for its errors")
                : new Reading(null, word, doubt);
    }

    private static boolean isAbsent(@Nullable JsonNode status) {
        return status == null
                || status.isNull()
                || (status.isTextual() && status.textValue().isEmpty());
    }
}
