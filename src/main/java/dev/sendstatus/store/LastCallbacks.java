package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Progress;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckReason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When each account was last heard of, and so why one of its messages is stuck. An account that is absent never was. */
public record LastCallbacks(Map<AccountName, Instant> byAccount) {

    public LastCallbacks {
        byAccount = Map.copyOf(byAccount);
    }

    public static LastCallbacks of(List<AccountActivity> activity) {
        Map<AccountName, Instant> last = new HashMap<>();
        for (AccountActivity one : activity) {
            Instant at = one.lastCallbackAt();
            if (at != null) {
                last.put(one.account(), at);
            }
        }
        return new LastCallbacks(last);
    }

    /**
     * Why the message is stuck. An account is silent if nothing at all came for it for as long as one of its messages may
     * take. Where nothing ever came and the message was only registered, the reason stays that it never had any callback:
     * that account's webhook URL was most likely never set, while a silence is something that worked and broke.
     */
    public StuckReason reason(MessageState state, Duration threshold, Instant asOf) {
        Instant last = byAccount.get(state.account());
        if (last == null && state.progress() == Progress.REGISTERED) {
            return StuckReason.NEVER_ANY_CALLBACK;
        }
        return StuckReason.of(state.progress(), last == null || last.isBefore(asOf.minus(threshold)));
    }
}
