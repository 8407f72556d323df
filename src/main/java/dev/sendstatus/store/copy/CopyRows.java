package dev.sendstatus.store.copy;

import dev.sendstatus.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Rows one after another, in constant memory. To be closed. One thread. */
public interface CopyRows<T> extends AutoCloseable {

    /** The next one; null after the last. */
    @Nullable
    T next() throws StoreException;

    @Override
    void close();
}
