package dev.sendstatus.register;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Registration;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Registrations;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message that the sending program says it sent, checked.
 *
 * @param message which message
 * @param account by which account it was sent
 * @param soleRecipient as {@link DeliveryEvent#soleRecipient}
 * @param from null if the program does not say
 * @param sentAt likewise
 * @param segments 0 if the program does not say
 * @param errorCode with a send that the provider refused outright, the code that it gave; null for every other
 * @param registration the recipients, at least one, and the other facts that only the program knows
 */
record Send(
        MessageKey message,
        AccountName account,
        boolean soleRecipient,
        @Nullable String from,
        @Nullable Instant sentAt,
        int segments,
        @Nullable String errorCode,
        Registration registration) {

    /** The word that a history shows in the place of a provider's status. */
    private static final String REGISTERED = "registered";

    private static final String REFUSED = "refused";

    /** One for each recipient. @param round as {@link Registrations#round} */
    List<DeliveryEvent> events(@Nullable String round) {
        return registration.to().stream()
                .map(recipient -> event(recipient, round))
                .toList();
    }

    private DeliveryEvent event(Recipient recipient, @Nullable String round) {
        DeliveryEvent.Builder event = DeliveryEvent.of(
                        message,
                        Direction.OUTBOUND,
                        errorCode == null ? Progress.REGISTERED : Progress.FAILED,
                        errorCode == null ? REGISTERED : REFUSED)
                .to(recipient.address())
                .from(from)
                .sentAt(sentAt)
                .segments(segments)
                .registration(registration)
                .detail(round);
        if (soleRecipient) {
            event.soleRecipient();
        }
        if (errorCode != null) {
            // The provider refused it when it was sent, not when we heard of it.
            event.errorCode(errorCode).occurredAt(sentAt);
        }
        return event.build();
    }

    /**
     * As it goes to the store. Nothing raw is kept of a registration: its events say everything that it said, so there is
     * nothing that a later version could read better, and one place less that holds a person's number.
     */
    Incoming incoming(Instant receivedAt, @Nullable String round) {
        return new Incoming(account, Source.REGISTRATION, receivedAt, RawCallback.NONE, events(round), null);
    }
}
