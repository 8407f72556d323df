package dev.sendstatus.bench;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.state.MessageHistory;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Counts the callbacks of a run that are in the database with the right state. No two callbacks say the same, so there must be
 * at least as many as were answered 200: more only by those whose answer did not come before the run ended.
 */
final class Proof {
    private final Reads reads;

    Proof(Reads reads) {
        this.reads = reads;
    }

    /** @param taken how many of each file's requests were sent */
    long stored(RequestFiles requests, List<Integer> taken) {
        return IntStream.range(0, taken.size())
                .parallel()
                .mapToLong(thread -> stored(requests, thread, taken.get(thread)))
                .sum();
    }

    private long stored(RequestFiles requests, int thread, int taken) {
        MessageStream messages = requests.messages(thread);
        long stored = 0;
        for (int i = 0; i < taken; i++) {
            SimulatedMessage message = messages.next();
            if (isStored(new MessageKey(requests.demo().adapter().provider(), message.id()), message.outcome())) {
                stored++;
            }
        }
        return stored;
    }

    private boolean isStored(MessageKey key, Outcome outcome) {
        try {
            Optional<StoredMessage> message = reads.message(key);
            return message.isPresent() && isRight(key, message.get().history(), outcome);
        } catch (StoreException e) {
            throw new IllegalStateException("what was sent cannot be looked for", e);
        }
    }

    private static boolean isRight(MessageKey key, MessageHistory history, Outcome outcome) {
        boolean delivered = says(history, Progress.DELIVERED);
        SendStatus right = delivered ? SendStatus.DELIVERED : SendStatus.SENT;
        boolean said = outcome == Outcome.DELIVERED ? delivered : says(history, Progress.SENT);
        return said && history.message().equals(key) && MessageState.of(history).status() == right;
    }

    private static boolean says(MessageHistory history, Progress progress) {
        return history.events().stream().anyMatch(recorded -> recorded.event().progress() == progress);
    }
}
