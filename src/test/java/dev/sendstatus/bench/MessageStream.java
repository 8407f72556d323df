package dev.sendstatus.bench;

import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** Messages that are sent and, some seconds of traffic later, delivered; of providers that report no sending, delivered only. */
final class MessageStream {
    /** How many other callbacks come between two of one message. */
    private static final int BETWEEN = 2_000;

    private static final String TEXT = "Hi, this is Sam with the tenants' union. Can we count on you on Tuesday?";

    private final CallbackSimulator simulator;
    private final Random random;
    private final boolean sent;
    private final Deque<SimulatedMessage> later = new ArrayDeque<>();
    private Instant now;

    MessageStream(CallbackSimulator simulator, long seed, Instant now) {
        this.simulator = simulator;
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
        SimulatedMessage first = message(sent ? Outcome.SENT : Outcome.DELIVERED);
        if (sent) {
            later.add(new SimulatedMessage(
                    first.id(),
                    first.from(),
                    first.to(),
                    Outcome.DELIVERED,
                    null,
                    first.sentAt(),
                    first.occurredAt().plusMillis(1_000 + random.nextInt(9_000)),
                    first.text()));
        }
        return first;
    }

    private SimulatedMessage message(Outcome outcome) {
        return new SimulatedMessage(
                simulator.newMessageId(random, now),
                "+1202555" + (1_000 + random.nextInt(100)),
                "+1" + (2_000_000_000L + random.nextLong(7_999_999_999L)),
                outcome,
                null,
                now,
                now.plusMillis(random.nextInt(1_000)),
                TEXT);
    }
}
