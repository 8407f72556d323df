package dev.sendstatus.api;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The body of an export. While one runs, the database's log cannot be shortened; so a client that stops reading is
 * cut off: after one piece that it does not take in time, or when it took too little of all. The time in which the export itself finds
 * the next message does not count. One thread writes; the server's scheduler may cut meanwhile.
 */
final class ExportStream extends OutputStream {
    /** A tenth of a slow line of today; a million messages are through in two hours. */
    private static final long LEAST_BYTES_PER_SECOND = 64 * 1024;

    private final OutputStream out;
    private final Request request;
    private final Duration patience;
    private long taken;
    private long waitedNanos;

    /** @param patience how long a piece may take, and after how much waiting the rate is looked at */
    ExportStream(OutputStream out, Request request, Duration patience) {
        this.out = out;
        this.request = request;
        this.patience = patience;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        guarded(() -> out.write(bytes, offset, length));
        taken += length;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(waitedNanos);
        if (waitedNanos > patience.toNanos() && taken / Math.max(1, seconds) < LEAST_BYTES_PER_SECOND) {
            cut(request);
            throw new IOException("the client took " + taken + " bytes in " + seconds + " s, which is too slow");
        }
    }

    @Override
    public void flush() throws IOException {
        guarded(out::flush);
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private void guarded(Write write) throws IOException {
        Scheduler.Task deadline = request.getComponents()
                .getScheduler()
                .schedule(() -> cut(request), patience.toNanos(), TimeUnit.NANOSECONDS);
        long began = System.nanoTime();
        try {
            write.run();
        } finally {
            deadline.cancel();
            waitedNanos += System.nanoTime() - began;
        }
    }

    /** Closes the connection without the end of the body, so that the client knows that this was not all. */
    static void cut(Request request) {
        request.getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close(new TimeoutException("the export was cut off"));
    }
}
