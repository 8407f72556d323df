package dev.sendstatus.store.copy;

import dev.sendstatus.store.StoreException;

/** A database that is read as a whole, as it is at the moment of the first reading. Used by one thread. */
public interface CopySource extends AutoCloseable {

    /** Tells this database from every other; the same as long as it lives, and no secret. */
    String identity();

    /** The number that its next event would have, now: it changes whenever an event is stored. */
    long nextSequence() throws StoreException;

    /** How many messages and raw segments there are, for a bar. */
    long size() throws StoreException;

    /** The messages in the order in which they were first heard of. @param after the id of the last one that is not wanted */
    CopyRows<CopiedMessage> messages(long after) throws StoreException;

    /** The raw callbacks in their order. @param after the first sequence of the last ones that are not wanted */
    CopyRows<CopiedRow> segments(long after) throws StoreException;

    /** All rows of any table, in no order. */
    CopyRows<CopiedRow> rows(CopiedTable table) throws StoreException;

    @Override
    void close();
}
