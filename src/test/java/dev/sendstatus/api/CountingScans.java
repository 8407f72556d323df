package dev.sendstatus.api;

import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Reads;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Real scans, counted, which can be made to fail. */
final class CountingScans {
    private final Reads reads;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile int failAfter = Integer.MAX_VALUE;

    CountingScans(Reads reads) {
        this.reads = reads;
    }

    int opened() {
        return opened.get();
    }

    /** How many have not been closed. */
    int open() {
        return open.get();
    }

    /** From now on scans fail after so many messages. */
    void failAfter(int messages) {
        failAfter = messages;
    }

    MessageScan of(MessageFilter filter) throws StoreException {
        MessageScan scan = reads.scan(filter);
        opened.incrementAndGet();
        open.incrementAndGet();
        int last = failAfter;
        return new MessageScan() {
            private int count;

            @Override
            public @Nullable StoredMessage next() throws StoreException {
                if (count++ == last) {
                    throw new StoreException.Unavailable("reading messages", new IOException("the disk is gone"));
                }
                return scan.next();
            }

            @Override
            public double progress() {
                return scan.progress();
            }

            @Override
            public void close() {
                scan.close();
                open.decrementAndGet();
            }
        };
    }
}
