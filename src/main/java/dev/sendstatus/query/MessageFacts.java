package dev.sendstatus.query;

import dev.sendstatus.catalog.Charged;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.RecipientState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one message adds to the figures of each of its groups, beside how long it took.
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

    /** @param now the moment that decides what is stuck, and how old what waits is */
    static MessageFacts of(
            MessageState state,
            StoredMessage message,
            SendStatus unconfirmedStatus,
            MessageErrors errors,
            StuckLimits limits,
            Instant now) {
        boolean unconfirmed = state.unconfirmed();
        boolean open = state.open();
        SendStatus status = unconfirmed ? unconfirmedStatus : state.status();
        Instant since = state.waitingSince();
        return new MessageFacts(
                state.direction() == Direction.INBOUND,
                status,
                unconfirmed,
                open && StuckView.of(state, message.flag(), now, limits) != null,
                open && !limits.givenUpAt(since).isAfter(now),
                state.segments(),
                status == SendStatus.ERROR ? charge(state, errors) : null,
                state.cost(),
                open ? Math.max(0, now.toEpochMilli() - since.toEpochMilli()) : -1);
    }

    /** YES where it is charged for one of the recipients, else UNKNOWN where that is not known of one; a code is needed to tell. */
    private static Charged charge(MessageState state, MessageErrors errors) {
        Charged charge = null;
        for (RecipientState recipient : state.recipients()) {
            if (recipient.status() == SendStatus.DELIVERED) {
                continue;
            }
            Charged one = errors.of(state, recipient).map(ErrorMeaning::charged).orElse(Charged.UNKNOWN);
            if (one == Charged.YES) {
                return one;
            }
            charge = charge == null || one == Charged.UNKNOWN ? one : charge;
        }
        return charge == null ? Charged.UNKNOWN : charge;
    }
}
