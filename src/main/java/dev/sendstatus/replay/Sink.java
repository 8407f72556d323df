package dev.sendstatus.replay;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import java.util.List;

/** The way to the disk, the same that callbacks take. */
@FunctionalInterface
public interface Sink {

    /** Stores all of these; when it returns, all are synced. @param batch not empty */
    void store(List<Incoming> batch) throws StoreException;
}
