package dev.sendstatus.replay;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.jdbc.Store;

/**
 * The counts of a replay for one account.
 *
 * @param read callbacks that were read again
 * @param unchanged of them, that said nothing new
 * @param changed of them, that brought events
 * @param events those events
 * @param notUnderstood of those read, that this version does not understand in whole
 * @param released that have left the quarantine
 */
public record AccountTally(
        AccountName account, long read, long unchanged, long changed, long events, long notUnderstood, long released) {

    static AccountTally none(AccountName account) {
        return new AccountTally(account, 0, 0, 0, 0, 0, 0);
    }

    AccountTally plus(Store.Applied replayed) {
        boolean brought = replayed.added() > 0;
        boolean understood = replayed.read().quarantine() == null;
        boolean quarantined = replayed.callback().quarantineReason() != null;
        return new AccountTally(
                account,
                read + 1,
                unchanged + (!brought && understood ? 1 : 0),
                changed + (brought ? 1 : 0),
                events + replayed.added(),
                notUnderstood + (understood ? 0 : 1),
                released + (quarantined && understood ? 1 : 0));
    }
}
