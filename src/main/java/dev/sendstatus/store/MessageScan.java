package dev.sendstatus.store;

import org.jspecify.annotations.Nullable;

/**
 * Messages one after another, the newest first, in constant memory and from one moment: later commits are
 * not seen. Used by one thread at a time, and to be closed soon: the database's log grows while a scan is open.
 */
public interface MessageScan extends AutoCloseable {

    /** The next message that matches; null after the last. */
    @Nullable
    StoredMessage next() throws StoreException;

    /**
     * About how far the scan is, from 0 to 1, by how old the messages are that it has come to; for a progress bar.
     */
    double progress();

    @Override
    void close();
}
