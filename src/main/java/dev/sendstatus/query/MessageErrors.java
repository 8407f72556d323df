package dev.sendstatus.query;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.Charged;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.store.CountedMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The meaning of a message's error codes, with its provider's status, its recipient's address and its cost considered. */
public record MessageErrors(Catalogue catalogue) {

    /** Of the recipient that decides the message's status; empty if there is no code. */
    public Optional<ErrorMeaning> of(MessageState state) {
        return state.recipients().stream()
                .filter(recipient -> recipient.progress() == state.progress())
                .findFirst()
                .flatMap(recipient -> of(state, recipient));
    }

    /** Empty if there is no code. */
    public Optional<ErrorMeaning> of(MessageState state, RecipientState recipient) {
        String code = recipient.errorCode();
        if (code == null) {
            return Optional.empty();
        }
        Cost cost = state.cost();
        ErrorMeaning meaning = meaning(state.message().provider(), code, recipient.providerStatus(), recipient.to());
        return Optional.of(
                meaning.charged(charged(meaning, cost, state.recipients().size() == 1)));
    }

    /** Whether a message that failed is charged for: for one of its recipients at least. A code is needed to tell. */
    Charged charged(CountedMessage message) {
        Charged charged = null;
        for (CountedMessage.Outcome outcome : message.outcomes()) {
            if (outcome.progress() == Progress.DELIVERED) {
                continue;
            }
            String code = outcome.errorCode();
            Charged one = code == null
                    ? Charged.UNKNOWN
                    : charged(
                            meaning(message.provider(), code, outcome.providerStatus(), outcome.to()),
                            message.cost(),
                            message.outcomes().size() == 1);
            if (one == Charged.YES) {
                return one;
            }
            charged = charged == null || one == Charged.UNKNOWN ? one : charged;
        }
        return charged == null ? Charged.UNKNOWN : charged;
    }

    private ErrorMeaning meaning(Provider provider, String code, String providerStatus, @Nullable Recipient to) {
        return catalogue.meaning(provider, code, providerStatus, to == null ? null : to.address());
    }

    /**
     * The cost that came with the message tells whether a code is charged, if nobody documents that. It does not go against
     * the documentation: a cost is final only with the last event, and a group's is that of all its recipients.
     */
    private static Charged charged(ErrorMeaning meaning, @Nullable Cost cost, boolean soleRecipient) {
        if (meaning.charged() != Charged.UNKNOWN || cost == null || !soleRecipient) {
            return meaning.charged();
        }
        return cost.amount().signum() > 0 ? Charged.YES : Charged.NO;
    }
}
