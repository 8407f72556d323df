package dev.sendstatus.store;

/**
 * The erasing of one person's number: from the histories of messages, from flags, indexes and kept reports; raw callbacks that mention
 * it are emptied. Each step is at most one short transaction and holds for itself: what was cut short is finished by doing it again, and
 * where nothing is left, nothing is changed. For one thread.
 */
public interface Erasure {

    /** Goes on. @param limit about how many messages or callbacks to change at most */
    Erased step(int limit) throws StoreException;

    /** How far it is, from 0 to 1. */
    double progress();

    /**
     * What a step did.
     *
     * @param messages changed
     * @param recipients of these, whose number it was; where it was the sender's there is none
     * @param rawCallbacks emptied
     * @param unreadable stretches of raw callbacks that are damaged on disk, and so were left as they are
     * @param more whether there may be more
     */
    record Erased(long messages, long recipients, long rawCallbacks, long unreadable, boolean more) {
        public static final Erased NOTHING = new Erased(0, 0, 0, 0, true);

        /** Both together; there is more if there is after the later one. */
        public Erased and(Erased later) {
            return new Erased(
                    messages + later.messages,
                    recipients + later.recipients,
                    rawCallbacks + later.rawCallbacks,
                    unreadable + later.unreadable,
                    later.more);
        }
    }
}
