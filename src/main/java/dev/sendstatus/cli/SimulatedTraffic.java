package dev.sendstatus.cli;

import dev.sendstatus.event.SendStatus;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of a run, in the order in which they are sent. Message {@code i} starts at position {@code i}; each of its
 * callbacks is due some positions later, so that at any rate the life cycles of many messages overlap. Only callbacks that are due
 * and not yet sent are held. The same seed gives the same run but for the times in it. One thread.
 */
final class SimulatedTraffic implements Iterator<SimulatedTraffic.Planned> {
    private static final double FAILED = 0.05;
    private static final double UNCONFIRMED = 0.01;
    private static final int SENT_AFTER = 8;
    private static final int FINAL_AFTER = 40;
    private static final int AGAIN_AFTER = 64;
    /** Every id begins with it, so that nobody takes a simulated message for a real one. */
    static final String MARK = "simulated-";

    /** One callback to be sent. */
    record Planned(CallbackSender sender, SimulatedMessage message, boolean forged) {}

    private record Due(long position, long sequence, Planned callback) {}

    private final List<CallbackSender> senders;
    private final long messages;
    private final Faults faults;
    private final double inbound;
    private final RandomGenerator random;
    private final Clock clock;
    private final Duration age;
    private final SendStatus unconfirmed;
    private final @Nullable SimulatedSends sends;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::position).thenComparingLong(Due::sequence));
    private long started;
    private long sequence;

    /**
     * @param age of messages when the run speaks of them: all that was reported of them lies in the past
     * @param unconfirmed the send status of an unconfirmed message
     * @param sends registers every outbound message, before its callbacks; null where none is registered
     */
    SimulatedTraffic(
            List<CallbackSender> senders,
            long messages,
            Faults faults,
            double inbound,
            RandomGenerator random,
            Clock clock,
            Duration age,
            SendStatus unconfirmed,
            @Nullable SimulatedSends sends) {
        this.senders = List.copyOf(senders);
        this.messages = messages;
        this.faults = faults;
        this.inbound = inbound;
        this.random = random;
        this.clock = clock;
        this.age = age;
        this.unconfirmed = unconfirmed;
        this.sends = sends;
    }

    /** How many messages have begun. */
    long started() {
        return started;
    }

    @Override
    public boolean hasNext() {
        while (started < messages && (due.isEmpty() || due.element().position() > started)) {
            start();
        }
        return !due.isEmpty();
    }

    @Override
    public Planned next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all callbacks of this run were given");
        }
        return due.remove().callback();
    }

    private void start() {
        long position = started++;
        CallbackSender sender = senders.get(random.nextInt(senders.size()));
        Instant sentAt = clock.instant().minus(age);
        String id = MARK + sender.simulator().newMessageId(random, clock.instant());
        if (random.nextDouble() < inbound) {
            add(position, sender, message(id, person(), ours(), Outcome.RECEIVED, null, sentAt, 1));
            count(sender, Outcome.RECEIVED, true);
            return;
        }
        lifeCycle(position, sender, id, sentAt);
    }

    private void lifeCycle(long position, CallbackSender sender, String id, Instant sentAt) {
        Outcome last = random.nextDouble() < faults.lost() ? Outcome.SENT : lastOutcome();
        String code = last == Outcome.FAILED ? code(sender.simulator().errorFrequencies()) : null;
        String from = ours();
        String to = person();
        if (sends != null) {
            sends.add(sender, message(id, from, to, Outcome.ACCEPTED, null, sentAt, 0));
        }
        List<SimulatedMessage> callbacks = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        for (Outcome outcome : List.of(Outcome.ACCEPTED, Outcome.SENT, last)) {
            // The last of a lost message is its SENT, which is not to be said twice.
            boolean said = callbacks.stream().anyMatch(earlier -> earlier.outcome() == outcome);
            if (said || !sender.simulator().reports(outcome)) {
                continue;
            }
            callbacks.add(message(id, from, to, outcome, outcome == last ? code : null, sentAt, 1 + callbacks.size()));
            positions.add(position + delay(outcome));
        }
        if (random.nextDouble() < faults.reordered()) {
            Collections.reverse(positions);
        }
        for (int i = 0; i < callbacks.size(); i++) {
            add(positions.get(i), sender, callbacks.get(i));
        }
        count(sender, last, !callbacks.isEmpty());
    }

    /** A message without a callback and a registration is known to nobody. */
    private void count(CallbackSender sender, Outcome last, boolean reported) {
        SendStatus status =
                switch (last) {
                    case ACCEPTED, SENT -> SendStatus.SENT;
                    case UNCONFIRMED -> unconfirmed;
                    case FAILED -> SendStatus.ERROR;
                    case DELIVERED, RECEIVED -> SendStatus.DELIVERED;
                };
        sender.figures().message(status, reported || sends != null, reported);
    }

    private Outcome lastOutcome() {
        double share = random.nextDouble();
        if (share < FAILED) {
            return Outcome.FAILED;
        }
        return share < FAILED + UNCONFIRMED ? Outcome.UNCONFIRMED : Outcome.DELIVERED;
    }

    private long delay(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED, RECEIVED -> 0;
            case SENT -> 1 + random.nextInt(SENT_AFTER);
            case DELIVERED, FAILED, UNCONFIRMED -> {
                boolean late = random.nextDouble() < faults.late();
                long more = late ? random.nextLong(messages) : 0;
                yield SENT_AFTER + 1 + random.nextInt(FINAL_AFTER) + more;
            }
        };
    }

    private void add(long position, CallbackSender sender, SimulatedMessage message) {
        put(position, new Planned(sender, message, false));
        if (random.nextDouble() < faults.duplicates()) {
            put(position + 1 + random.nextInt(AGAIN_AFTER), new Planned(sender, message, false));
        }
        if (random.nextDouble() < faults.forged()) {
            put(position + random.nextInt(AGAIN_AFTER), new Planned(sender, opposite(message), true));
        }
    }

    private void put(long position, Planned callback) {
        due.add(new Due(position, sequence++, callback));
    }

    private static SimulatedMessage opposite(SimulatedMessage message) {
        Outcome lie = message.outcome() == Outcome.DELIVERED ? Outcome.FAILED : Outcome.DELIVERED;
        return new SimulatedMessage(
                message.id(),
                message.from(),
                message.to(),
                lie,
                null,
                message.sentAt(),
                message.occurredAt(),
                message.text());
    }

    private static SimulatedMessage message(
            String id, String from, String to, Outcome outcome, @Nullable String code, Instant sentAt, int seconds) {
        return new SimulatedMessage(
                id, from, to, outcome, code, sentAt, sentAt.plusSeconds(seconds), "A simulated message.");
    }

    private String code(Map<String, Integer> frequencies) {
        int all = frequencies.values().stream().mapToInt(Integer::intValue).sum();
        int left = random.nextInt(all);
        // In the codes' order: the same seed gives the same run, whatever order the map has.
        for (Map.Entry<String, Integer> code : new TreeMap<>(frequencies).entrySet()) {
            left -= code.getValue();
            if (left < 0) {
                return code.getKey();
            }
        }
        throw new IllegalStateException("the frequencies add up to " + all);
    }

    /** Numbers that are nobody's: 555-01xx is kept for fiction. */
    private String person() {
        return "+1" + (200 + random.nextInt(700)) + "55501" + random.nextInt(10) + random.nextInt(10);
    }

    private String ours() {
        return "+1201555010" + random.nextInt(10);
    }
}
