package dev.sendstatus.reconcile;

import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.StoreException;
import java.util.List;

/** Where what the providers answered goes: the ingest of a running server, or the store itself. */
@FunctionalInterface
public interface Sink {
    /** When this returns, all of it is synced to disk; when it throws, some of it may not be. */
    void store(List<Incoming> batch) throws StoreException, InterruptedException;
}
