package dev.sendstatus.store;

import dev.sendstatus.state.Likeness;

/**
 * Is given every message once, alone or among those that count alike.
 *
 * @param <X> what it throws to be given no more
 */
public interface MessageCounter<X extends Exception> {

    /** @param message its flag is there only if it is open */
    void message(StoredMessage message) throws X;

    /**
     * Messages that have one {@link Likeness} and are not open any more.
     *
     * @param one any of them; it stands for all, but for the times, and its flag is not read
     */
    void alike(StoredMessage one, MessageTimes times) throws X;
}
