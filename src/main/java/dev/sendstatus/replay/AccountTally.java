package dev.sendstatus.replay;

import dev.sendstatus.event.AccountName;
import org.jspecify.annotations.Nullable;

/**
 * What a replay came to for one account.
 *
 * @param account null for the callbacks of which nothing tells whose they are
 * @param read callbacks that were read again
 * @param unchanged of them, that said nothing new
 * @param changed of them, that brought events
 * @param events those events
 * @param notUnderstood of those read, that this version does not understand in whole
 * @param released that have left the quarantine
 */
public record AccountTally(
        @Nullable AccountName account,
        long read,
        long unchanged,
        long changed,
        long events,
        long notUnderstood,
        long released) {

    static AccountTally none(@Nullable AccountName account) {
        return new AccountTally(account, 0, 0, 0, 0, 0, 0);
    }

    AccountTally plus(Replayed replayed, boolean quarantined) {
        boolean brought = replayed.added() > 0;
        boolean same = !brought && replayed.understood();
        return new AccountTally(
                account,
                read + 1,
                unchanged + (same ? 1 : 0),
                changed + (brought ? 1 : 0),
                events + replayed.added(),
                notUnderstood + (replayed.understood() ? 0 : 1),
                released + (quarantined && replayed.understood() ? 1 : 0));
    }
}
