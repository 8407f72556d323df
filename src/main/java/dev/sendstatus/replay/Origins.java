package dev.sendstatus.replay;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.store.RawSegment;
import dev.sendstatus.store.Reads;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose a stored callback is. A segment does not say it, since the events that came with a callback do: they bear its
 * numbers. What left none (a repeat, or what was of no interest when it came) is told by what it says.
 */
final class Origins {
    private final Reads reads;
    private final TodaysAdapters adapters;

    Origins(Reads reads, TodaysAdapters adapters) {
        this.reads = reads;
        this.adapters = adapters;
    }

    /** How sure it is; the surer ones first. */
    private enum Sureness {
        /** An event that came with the callback is in the message's history. */
        CAME_WITH_IT,
        /** The history has an event that says the same. */
        SAYS_THE_SAME,
        /** The message is known. */
        SAME_MESSAGE,
        /** The provider has one account. */
        ONLY_ACCOUNT
    }

    private record Guess(Sureness sureness, Reading reading) {}

    /** Empty where nothing tells whose it is. */
    Optional<Reading> find(RawSegment.Entry entry) throws StoreException {
        List<Guess> guesses = new ArrayList<>();
        for (Map.Entry<Provider, Parsed> one :
                adapters.readByAll(entry.callback(), entry.receivedAt()).entrySet()) {
            Guess guess = guess(entry, one.getKey(), one.getValue());
            if (guess != null) {
                guesses.add(guess);
            }
        }
        Guess best = null;
        boolean alone = true;
        for (Guess guess : guesses) {
            int nearer = best == null ? -1 : guess.sureness().compareTo(best.sureness());
            if (nearer < 0) {
                best = guess;
                alone = true;
            } else if (nearer == 0) {
                alone = false;
            }
        }
        // Two providers that would read it alike: better left alone than told of the wrong messages.
        return best != null && alone ? Optional.of(best.reading()) : Optional.empty();
    }

    private @Nullable Guess guess(RawSegment.Entry entry, Provider provider, Parsed parsed) throws StoreException {
        if (parsed instanceof Parsed.NotUnderstood) {
            return null;
        }
        Guess best = null;
        if (parsed instanceof Parsed.Events events) {
            for (DeliveryEvent event : events.events()) {
                Optional<StoredMessage> message = reads.message(event.message());
                if (message.isPresent()) {
                    Guess guess = guess(entry, event, message.get(), parsed);
                    if (best == null || guess.sureness().compareTo(best.sureness()) < 0) {
                        best = guess;
                    }
                }
            }
        }
        AccountName only = best == null ? adapters.onlyAccount(provider) : null;
        return only == null ? best : new Guess(Sureness.ONLY_ACCOUNT, new Reading(only, entry.receivedAt(), parsed));
    }

    private static Guess guess(RawSegment.Entry entry, DeliveryEvent event, StoredMessage message, Parsed parsed) {
        AccountName same = null;
        for (RecordedEvent recorded : message.history().events()) {
            if (entry.holds(recorded.sequence())) {
                return new Guess(Sureness.CAME_WITH_IT, new Reading(recorded.account(), recorded.receivedAt(), parsed));
            }
            if (recorded.event().equals(event)) {
                same = recorded.account();
            }
        }
        return same != null
                ? new Guess(Sureness.SAYS_THE_SAME, new Reading(same, entry.receivedAt(), parsed))
                : new Guess(
                        Sureness.SAME_MESSAGE,
                        new Reading(MessageState.of(message.history()).account(), entry.receivedAt(), parsed));
    }
}
