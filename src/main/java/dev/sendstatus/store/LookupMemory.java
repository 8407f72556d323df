package dev.sendstatus.store;

import dev.sendstatus.event.MessageKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the providers were asked, across restarts. Each method is one transaction, as in {@link Store}. */
public interface LookupMemory {
    /** Of these messages, those that were asked about. */
    Map<MessageKey, Asked> asked(Collection<MessageKey> messages) throws StoreException;

    /** Adds, or replaces what is remembered of the same messages. */
    void note(List<Asked> asked) throws StoreException;

    /** Drops what was asked before then. */
    void forget(Instant before) throws StoreException;
}
