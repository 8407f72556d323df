package dev.sendstatus.jobs;

import dev.sendstatus.store.StoreException;

/**
 * One turn of a job. It may be cut short at any point and run again, on this node or another, and in rare cases (a node whose
 * heartbeats could not be written for a minute) on two at once: what it does a second time must do no harm.
 */
@FunctionalInterface
public interface JobBody {
    /**
     * @throws StoreException if it failed; it is logged, counted, and tried again
     * @throws InterruptedException if the stop of this node cut it short: another node goes on at once
     */
    void run() throws StoreException, InterruptedException;
}
