package dev.sendstatus.query;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.Charged;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.Recipient;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import java.util.Optional;

/** What the error codes of a message mean, with its provider's status, its recipient's address and its cost considered. */
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
        Recipient to = recipient.to();
        ErrorMeaning meaning = catalogue.meaning(
                state.message().provider(), code, recipient.providerStatus(), to == null ? null : to.address());
        return Optional.of(withCost(meaning, state));
    }

    /**
     * Where nobody documents whether a code is charged, the cost that came with the message says it. It does not go against
     * what is documented: a cost is final only with the last event, and a group's is that of all its recipients.
     */
    private static ErrorMeaning withCost(ErrorMeaning meaning, MessageState state) {
        Cost cost = state.cost();
        if (meaning.charged() != Charged.UNKNOWN
                || cost == null
                || state.recipients().size() > 1) {
            return meaning;
        }
        return meaning.charged(cost.amount().signum() > 0 ? Charged.YES : Charged.NO);
    }
}
