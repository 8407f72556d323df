package dev.sendstatus.reconcile;

import dev.sendstatus.event.AccountName;

/** Is told how far an account has come. */
@FunctionalInterface
public interface Watcher {
    /** Watches nothing. */
    Watcher NOBODY = (account, done, total) -> {};

    /** @param total how many messages there are to ask about; with a window, as far as it is known */
    void at(AccountName account, long done, long total);
}
