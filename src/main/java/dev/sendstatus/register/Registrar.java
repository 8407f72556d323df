package dev.sendstatus.register;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.RecordedEvent;
import dev.sendstatus.state.Registrations;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Registers sends: an equal one is there already, a contradicting one is refused, the rest goes to the disk as events. Any
 * thread; those that share their {@link RegistrationLocks} never store two registrations of one message that contradict each other.
 * {@link Registrations} settles which of two counts that two processes store at the same moment.
 */
public record Registrar(Reads reads, RegistrationLocks claims, Destination destination, InstantSource clock) {
    /** How many go to the disk together, and so how many one caller can have in the queue. */
    public static final int MOST_AT_ONCE = 500;

    /** The destination of registered sends. */
    @FunctionalInterface
    public interface Destination {
        /** When this returns, all are synced to disk. */
        void store(List<Incoming> batch) throws StoreException;
    }

    /** A send that goes to the disk. @param round as {@link Registrations#round}, by the stored history of the message */
    private record Accepted(Send send, @Nullable String round) {}

    /**
     * Registers the good ones of these; when it returns, all that it calls registered is synced to disk.
     *
     * @param items {@link #MOST_AT_ONCE} at the most
     * @return a result for each, in their order
     * @throws StoreException if some could not be stored; registering all of them again is safe
     */
    public List<RegistrationResult> register(List<SendItem.Numbered> items) throws StoreException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Send> claimed = new ArrayList<>();
        try {
            List<RegistrationResult> results = new ArrayList<>(items.size());
            List<Accepted> accepted = new ArrayList<>();
            for (SendItem.Numbered numbered : items) {
                if (numbered.item() instanceof SendItem.Good good) {
                    results.add(judge(numbered.index(), good.send(), claimed, accepted));
                } else if (numbered.item() instanceof SendItem.Bad bad) {
                    results.add(RegistrationResult.invalid(numbered.index(), bad));
                }
            }
            store(accepted, now);
            return results;
        } finally {
            claimed.forEach(claims::release);
        }
    }

    /**
     * Stores these, until each of them counts. Another process can have taken a registration of the same message back since the history was
     * read: then these belong to a round that is over, or went with the whole message. Each turn after the first one needs another such
     * withdrawal, so the turns end.
     */
    private void store(List<Accepted> accepted, Instant now) throws StoreException {
        List<Accepted> left = accepted;
        while (!left.isEmpty()) {
            destination.store(left.stream()
                    .map(one -> one.send().incoming(now, one.round()))
                    .toList());
            Set<MessageKey> registered = registered(left);
            List<Accepted> takenBack = new ArrayList<>();
            for (Accepted one : left) {
                if (!registered.contains(one.send().message())) {
                    takenBack.add(accepted(one.send(), reads.history(one.send().message())));
                }
            }
            left = takenBack;
        }
    }

    private static Accepted accepted(Send send, MessageHistory history) {
        return new Accepted(send, Registrations.round(history));
    }

    /** The messages of these that are registered. */
    private Set<MessageKey> registered(List<Accepted> stored) throws StoreException {
        List<String> ids = stored.stream().map(one -> one.send().message().id()).toList();
        Set<MessageKey> registered = new HashSet<>();
        for (StoredMessage message : reads.messages(ids)) {
            if (message.state().registeredAt() != null) {
                registered.add(message.state().message());
            }
        }
        return registered;
    }

    private RegistrationResult judge(long index, Send send, List<Send> claimed, List<Accepted> accepted)
            throws StoreException {
        RegistrationLocks.Answer answer = claims.claim(send);
        if (answer == RegistrationLocks.Answer.OTHER) {
            return conflict(
                    index, send, "another registration of this message, which says otherwise, came at the same time");
        }
        claimed.add(send);
        MessageHistory history = reads.history(send.message());
        if (answer == RegistrationLocks.Answer.SAME) {
            // Stored once more: the other one may fail, and this must not be called registered then.
            accepted.add(accepted(send, history));
            return result(index, send, RegistrationResult.Kind.UNCHANGED);
        }
        List<RecordedEvent> stored = Registrations.counting(history);
        if (stored.isEmpty()) {
            accepted.add(accepted(send, history));
            return result(index, send, RegistrationResult.Kind.REGISTERED);
        }
        List<String> differing = differing(stored, send);
        return differing.isEmpty()
                ? result(index, send, RegistrationResult.Kind.UNCHANGED)
                : conflict(
                        index,
                        send,
                        "this message was registered before with other " + String.join(", ", differing)
                                + "; what was registered first stays until it is taken back (unregister)");
    }

    private static RegistrationResult result(long index, Send send, RegistrationResult.Kind kind) {
        return RegistrationResult.of(index, send, kind, null);
    }

    private static RegistrationResult conflict(long index, Send send, String problem) {
        return RegistrationResult.of(index, send, RegistrationResult.Kind.CONFLICT, problem);
    }

    /** The fields in which a send differs from the stored registration; empty if it says the same. */
    private static List<String> differing(List<RecordedEvent> stored, Send send) {
        AccountName account = stored.get(0).account();
        Set<DeliveryEvent> before = stored.stream().map(RecordedEvent::event).collect(Collectors.toSet());
        if (account.equals(send.account())
                && before.equals(new HashSet<>(send.events(stored.get(0).event().detail())))) {
            return List.of();
        }
        return Differences.between(account, stored.get(0).event(), send);
    }
}
