package dev.sendstatus.bench;

import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks of messages that are sent and, some seconds of traffic later, delivered; of providers that report no sending, delivered
 * only. Realistic ones fail now and then, and some are never heard of again.
 */
final class MessageStream {
    /** How many other callbacks come between two of one message. */
    private static final int BETWEEN = 2_000;

    /** Of three providers one reports no sending, so the silent ones are among the messages of the other two. */
    private static final double SENT_SHARE = 1.5;

    private static final String TEXT = "Hi, this is Sam with the tenants' union. Can we count on you on Tuesday?";

    private final CallbackSimulator simulator;
    private final Random random;
    private final boolean sent;
    private final Deque<SimulatedMessage> later = new ArrayDeque<>();
    private final double failing;
    private final double silent;
    private final List<String> errorCodes;
    private Instant now;
    private long messages;

    /** Every message is delivered. */
    MessageStream(CallbackSimulator simulator, long seed, Instant now) {
        this(simulator, seed, now, 0, 0);
    }

    /** One in twelve fails. @param silent the share of the messages that nothing is heard of after they were sent */
    static MessageStream realistic(CallbackSimulator simulator, long seed, Instant now, double silent) {
        return new MessageStream(simulator, seed, now, 1.0 / 12, silent);
    }

    private MessageStream(CallbackSimulator simulator, long seed, Instant now, double failing, double silent) {
        this.simulator = simulator;
        this.failing = failing;
        this.silent = silent;
        this.errorCodes = simulator.errorFrequencies().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> Collections.nCopies(entry.getValue(), entry.getKey()).stream())
                .toList();
        this.random = new Random(seed);
        this.sent = simulator.reports(Outcome.SENT);
        this.now = now;
    }

    /** From now on messages are sent at that time. */
    void at(Instant time) {
        now = time;
    }

    SimulatedMessage next() {
        if (later.size() > BETWEEN) {
            return later.remove();
        }
        messages++;
        boolean fails = failing > 0 && random.nextDouble() < failing;
        Outcome end = fails ? Outcome.FAILED : Outcome.DELIVERED;
        String code = fails ? errorCodes.get(random.nextInt(errorCodes.size())) : null;
        SimulatedMessage first = message(sent ? Outcome.SENT : end, sent ? null : code);
        if (sent && (silent == 0 || random.nextDouble() >= silent * SENT_SHARE)) {
            later.add(new SimulatedMessage(
                    first.id(),
                    first.from(),
                    first.to(),
                    end,
                    code,
                    first.sentAt(),
                    first.occurredAt().plusMillis(1_000 + random.nextInt(9_000)),
                    first.text()));
        }
        return first;
    }

    /** How many messages have begun. */
    long messages() {
        return messages;
    }

    /** What is still to be said. */
    List<SimulatedMessage> rest() {
        return List.copyOf(later);
    }

    private SimulatedMessage message(Outcome outcome, @Nullable String errorCode) {
        return new SimulatedMessage(
                simulator.newMessageId(random, now),
                "+1202555" + (1_000 + random.nextInt(100)),
                "+1" + (2_000_000_000L + random.nextLong(7_999_999_999L)),
                outcome,
                errorCode,
                now,
                now.plusMillis(random.nextInt(1_000)),
                TEXT);
    }
}
