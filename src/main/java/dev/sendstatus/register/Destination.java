package dev.sendstatus.register;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import java.util.List;

/** The way to the disk. */
public interface Destination {

    /**
     * Stores all of these; when it returns, all are synced. It may take as long as its patience.
     *
     * @throws StoreException if some could not be stored; others of them may be, and registering all again is the remedy
     */
    void store(List<Incoming> batch) throws StoreException;
}
