package dev.sendstatus.query;

import dev.sendstatus.catalog.Charged;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.SendStatus;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What is counted of the messages of one group. One thread. */
final class MessageFigures {
    private final long[] byStatus = new long[SendStatus.values().length];
    private final long[] failuresByCharge = new long[Charged.values().length];
    private final Map<String, BigDecimal> cost = new TreeMap<>();
    private final Map<String, BigDecimal> chargedFailuresCost = new TreeMap<>();
    private final Latencies latencies = new Latencies();
    private final WaitingAges ages = new WaitingAges();
    private final LastHours hours = new LastHours();
    private long inbound;
    private long unconfirmed;
    private long stuck;
    private long neverReported;
    private long segments;

    /**
     * Adds a message.
     *
     * @param latencyMillis from being sent to its end; -1 if that is not known
     * @param before how many hours before the last one of the time it was first heard of
     */
    void add(MessageFacts facts, long latencyMillis, long before) {
        if (facts.inbound()) {
            inbound++;
            return;
        }
        byStatus[facts.status().ordinal()]++;
        hours.add(before, facts.status() == SendStatus.ERROR);
        unconfirmed += facts.unconfirmed() ? 1 : 0;
        stuck += facts.stuck() ? 1 : 0;
        neverReported += facts.neverReported() ? 1 : 0;
        segments += facts.segments();
        Charged charge = facts.charge();
        if (charge != null) {
            failuresByCharge[charge.ordinal()]++;
        }
        Cost paid = facts.cost();
        if (paid != null) {
            cost.merge(paid.currency(), paid.amount(), BigDecimal::add);
            if (charge == Charged.YES) {
                chargedFailuresCost.merge(paid.currency(), paid.amount(), BigDecimal::add);
            }
        }
        if (latencyMillis >= 0) {
            latencies.add(latencyMillis);
        }
        if (facts.ageMillis() >= 0) {
            ages.add(facts.ageMillis());
        }
    }

    /** Outbound ones: all rates are shares of these. */
    long messages() {
        long all = 0;
        for (long count : byStatus) {
            all += count;
        }
        return all;
    }

    long of(SendStatus status) {
        return byStatus[status.ordinal()];
    }

    long failures(Charged charge) {
        return failuresByCharge[charge.ordinal()];
    }

    /** By currency. */
    Map<String, BigDecimal> cost() {
        return cost;
    }

    /** By currency, of those that failed and are charged for. */
    Map<String, BigDecimal> chargedFailuresCost() {
        return chargedFailuresCost;
    }

    Latencies latencies() {
        return latencies;
    }

    WaitingAges ages() {
        return ages;
    }

    LastHours hours() {
        return hours;
    }

    long inbound() {
        return inbound;
    }

    long unconfirmed() {
        return unconfirmed;
    }

    long stuck() {
        return stuck;
    }

    long neverReported() {
        return neverReported;
    }

    long segments() {
        return segments;
    }
}
