package dev.sendstatus.query;

import dev.sendstatus.catalog.Charged;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.CountedMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The facts that one message adds to the figures of each of its groups, without its latency.
 *
 * @param status as shown
 * @param stuck now
 * @param neverReported still open, and so old that nobody waits for it any more
 * @param segments 0 if unknown
 * @param charge of a message that failed, whether that is charged; else null
 * @param cost null if unknown
 * @param ageMillis how long it has been waiting; -1 if it is not
 */
record MessageFacts(
        boolean inbound,
        SendStatus status,
        boolean unconfirmed,
        boolean stuck,
        boolean neverReported,
        int segments,
        @Nullable Charged charge,
        @Nullable Cost cost,
        long ageMillis) {

    /** @param now the moment that decides whether it is stuck, and how old it is */
    static MessageFacts of(CountedMessage message, MessageDocument document, MessageErrors errors, Instant now) {
        StuckLimits limits = document.limits();
        boolean unconfirmed = message.progress() == Progress.UNCONFIRMED;
        SendStatus status =
                unconfirmed ? document.unconfirmedStatus() : message.progress().status();
        boolean open = message.waitingSinceMillis() >= 0;
        Instant since = Instant.ofEpochMilli(message.waitingSinceMillis());
        return new MessageFacts(
                message.inbound(),
                status,
                unconfirmed,
                open && limits.stuck(message.account(), since, now),
                open && !limits.givenUpAt(since).isAfter(now),
                message.segments(),
                status == SendStatus.ERROR ? errors.charged(message) : null,
                message.cost(),
                open ? Math.max(0, now.toEpochMilli() - message.waitingSinceMillis()) : -1);
    }
}
