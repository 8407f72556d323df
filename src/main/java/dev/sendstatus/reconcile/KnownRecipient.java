package dev.sendstatus.reconcile;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.state.MessageState;
import org.jspecify.annotations.Nullable;

/** Keeps a look-up from making a second recipient of one that is known. */
final class KnownRecipient {
    private KnownRecipient() {}

    /**
     * The event as it joins what is known. Twilio can cut the last digits of a number once a message is old (redaction): where its
     * only recipient is known, the event speaks of that one, whatever it calls it.
     */
    static DeliveryEvent joining(DeliveryEvent event, @Nullable MessageState known) {
        Recipient named = known == null || known.recipients().size() != 1
                ? null
                : known.recipients().get(0).to();
        if (named == null || !event.soleRecipient() || event.recipient() == null) {
            return event;
        }
        return event.speakingOf(named);
    }
}
