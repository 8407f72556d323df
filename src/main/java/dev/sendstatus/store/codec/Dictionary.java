package dev.sendstatus.store.codec;

import dev.sendstatus.event.AccountName;

/** Numbers for words and accounts that recur in every row. What has once been given a number keeps it. */
public interface Dictionary {

    /** The number of a word, 1 or more, giving it one if it has none; 0 if there are too many already. */
    int number(String word);

    String word(int number) throws Damaged;

    /**
     * The number of a text that a user chose (a campaign, a tag), likewise; 0 also while there is room that is kept for the
     * providers' own words, since a user's may be a new one in every message.
     */
    default int numberOfLabel(String label) {
        return 0;
    }

    /** The number of an account, giving it one if it has none. */
    int number(AccountName account);

    AccountName account(int number) throws Damaged;
}
