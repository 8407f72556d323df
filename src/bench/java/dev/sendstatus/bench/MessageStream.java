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
 * What happens to messages: each is sent and, some seconds of traffic later, delivered; with a provider that reports no sending, delivered
 * only. One in twelve fails, and some are never heard of again, if that is asked for.
 */
final class MessageStream {
    /** How many other callbacks come between two of one message. */
    private static final int BETWEEN = 2_000;

    private static final double FAILING = 1.0 / 12;
    private static final double SILENT = 1.0 / 1_000;
    private static final String TEXT = "Hi, this is Sam with the tenants' union. Can we count on you on Tuesday?";

    private final CallbackSimulator simulator;
    private final Random random;
    private final boolean realistic;
    private final boolean sent;
    private final Deque<SimulatedMessage> later = new ArrayDeque<>();
    private final List<String> errorCodes;
    private Instant now;

    /** @param realistic whether some fail and some fall silent */
    MessageStream(CallbackSimulator simulator, long seed, Instant now, boolean realistic) {
        this.simulator = simulator;
        this.random = new Random(seed);
        this.now = now;
        this.realistic = realistic;
        this.sent = simulator.reports(Outcome.SENT);
        this.errorCodes = simulator.errorFrequencies().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> Collections.nCopies(entry.getValue(), entry.getKey()).stream())
                .toList();
    }

    /** From now on messages are sent at that time. */
    void at(Instant time) {
        now = time;
    }

    /** Whether what is next is the first that is heard of a message. */
    boolean begins() {
        return later.size() <= BETWEEN;
    }

    SimulatedMessage next() {
        if (!begins()) {
            return later.remove();
        }
        boolean fails = realistic && random.nextDouble() < FAILING;
        Outcome end = fails ? Outcome.FAILED : Outcome.DELIVERED;
        String code = fails ? errorCodes.get(random.nextInt(errorCodes.size())) : null;
        SimulatedMessage first = message(sent ? Outcome.SENT : end, sent ? null : code);
        if (sent && !(realistic && random.nextDouble() < SILENT)) {
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
