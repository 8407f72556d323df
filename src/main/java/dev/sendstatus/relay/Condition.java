package dev.sendstatus.relay;

import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.RelayEndpoint.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an endpoint works, by the outcomes of the pushes to it. One thread. */
final class Condition {
    /** So many deliveries that fail by themselves, each at its first try and none that succeeds between, are the endpoint's fault. */
    private static final int FAILURES_IN_A_ROW = 5;

    private State state;
    private @Nullable String reason;
    private @Nullable Instant failingSince;
    private @Nullable Instant nextProbeAt;
    private int probes;
    private @Nullable Instant lastSuccessAt;

    private long successes;
    private int failuresInARow;
    /** Until the first answer, one is sent at a time. */
    private boolean proven;

    Condition(RelayEndpoint kept) {
        this.state = kept.state();
        this.reason = kept.reason();
        this.failingSince = kept.failingSince();
        this.nextProbeAt = kept.nextProbeAt();
        this.probes = kept.probes();
        this.lastSuccessAt = kept.lastSuccessAt();
    }

    State state() {
        return state;
    }

    /** How many may be under way at once; none where it waits for a person, or for the next probe. */
    int allows(int concurrency, Instant now) {
        return switch (state) {
            case ACTIVE -> proven ? concurrency : 1;
            case FAILING -> nextProbeAt == null || !now.isBefore(nextProbeAt) ? 1 : 0;
            case PAUSED, GONE -> 0;
        };
    }

    /** The time of the next probe; null if there is none. */
    @Nullable
    Instant nextProbeAt() {
        return nextProbeAt;
    }

    /** How many arrived that were sent after all that made the endpoint seem to fail. */
    long successes() {
        return successes;
    }

    /**
     * A push arrived.
     *
     * @param probe whether it was sent while the endpoint failed
     * @param afterwards whether it was sent after all that made the endpoint seem to fail
     */
    void succeeded(boolean probe, boolean afterwards, Instant now) {
        if (afterwards) {
            successes++;
        }
        failuresInARow = 0;
        proven = true;
        lastSuccessAt = now;
        if (probe && state == State.FAILING) {
            works();
        }
    }

    /** It works, or there is nothing by which that could be told. */
    void works() {
        state = State.ACTIVE;
        reason = null;
        failingSince = null;
        nextProbeAt = null;
        probes = 0;
        failuresInARow = 0;
    }

    /** The endpoint did not work. @param asked how long it asks to be left alone */
    void fails(String why, @Nullable Duration asked, boolean probe, Instant now) {
        if (state == State.ACTIVE) {
            state = State.FAILING;
            failingSince = now;
            probes = 0;
        } else if (state == State.FAILING && probe) {
            probes++;
        } else {
            // It was under way when the endpoint began to fail.
            return;
        }
        reason = why;
        nextProbeAt = now.plus(Schedule.afterProbe(probes, asked));
    }

    /** A delivery failed by itself. @param first whether it was its first try */
    void refuses(String why, boolean first, boolean probe, Instant now) {
        proven = true;
        if (first) {
            failuresInARow++;
        }
        if (probe && state == State.FAILING) {
            fails(why, null, true, now);
        } else if (failuresInARow >= FAILURES_IN_A_ROW) {
            fails(failuresInARow + " deliveries in a row failed, the last one with: " + why, null, probe, now);
        }
    }

    /** It said that it wants nothing any more. */
    void isGone(String why, Instant now) {
        if (state != State.PAUSED) {
            state = State.GONE;
            reason = why;
            failingSince = failingSince == null ? now : failingSince;
            nextProbeAt = null;
        }
    }

    /** As it is to be stored. */
    RelayEndpoint kept(RelayEndpoint last, String feed, long position) {
        return new RelayEndpoint(
                last.name(),
                feed,
                position,
                state,
                reason,
                failingSince,
                nextProbeAt,
                probes,
                lastSuccessAt,
                last.owner(),
                last.epoch());
    }
}
