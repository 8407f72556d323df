package dev.sendstatus.retention;

/** The pauses between steps. */
@FunctionalInterface
public interface Pace {
    /** No pauses, for a process that is alone. */
    Pace NONE = nanos -> {};

    /**
     * Waits a while.
     *
     * @param nanos how long the last step took
     * @throws InterruptedException if all is to stop
     */
    void rest(long nanos) throws InterruptedException;
}
