package dev.sendstatus.register;

import dev.sendstatus.event.MessageKey;
import java.util.HashMap;
import java.util.Map;

/**
 * The messages whose registration is under way in this process. The thread that has claimed one may look into the store and write: no
 * other thread writes another registration of it meanwhile. Any thread; bounded by the batches that are under way.
 */
public final class RegistrationLocks {
    // Guarded by this.
    private final Map<MessageKey, Claim> claims = new HashMap<>();

    private record Claim(Send send, int holders) {}

    enum Answer {
        /** Nobody else is at it. */
        FIRST,
        /** Somebody is, and says the same. */
        SAME,
        /** Somebody is, and says something else: not claimed. */
        OTHER
    }

    synchronized Answer claim(Send send) {
        Claim claim = claims.get(send.message());
        if (claim == null) {
            claims.put(send.message(), new Claim(send, 1));
            return Answer.FIRST;
        }
        if (!claim.send.equals(send)) {
            return Answer.OTHER;
        }
        claims.put(send.message(), new Claim(send, claim.holders + 1));
        return Answer.SAME;
    }

    /** Gives back one claim, which was FIRST or SAME. */
    synchronized void release(Send send) {
        claims.computeIfPresent(
                send.message(), (key, claim) -> claim.holders == 1 ? null : new Claim(claim.send, claim.holders - 1));
    }
}
