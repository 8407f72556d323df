package dev.sendstatus.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * Callbacks at a steady rate, whether or not the earlier ones have been answered. An answer's time counts from when its request was due, not
 * from when it could be sent, so that a server that stalls cannot hide it by holding the next ones up. Everything is done by one thread, which
 * sends each millisecond what is due: a thread for each connection would take the processors from the server that is measured.
 */
final class PacedLoad {
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long LONGEST_MICROS = 60_000_000;

    private final Selector selector;
    private final Deque<Caller> free = new ArrayDeque<>();
    private final Histogram latency = new Histogram(LONGEST_MICROS, 3);
    /** When each caller's request was due, by {@link System#nanoTime}. */
    private final long[] due;

    private long answered;
    private long refused;

    private PacedLoad(Selector selector, int connections) {
        this.selector = selector;
        this.due = new long[connections];
    }

    /**
     * @param latency from due to answered, in microseconds
     * @param refused how many were answered with anything else than 200
     */
    record Result(Histogram latency, long refused, double seconds) {
        double millis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1e3;
        }
    }

    /** @param requests a file of at least rate times seconds @param enough asked ten times a second whether to end early */
    static Result run(int port, int connections, Path requests, double rate, int seconds, BooleanSupplier enough)
            throws IOException {
        try (Selector selector = Selector.open();
                DataInputStream in =
                        new DataInputStream(new BufferedInputStream(Files.newInputStream(requests), 1 << 20))) {
            PacedLoad load = new PacedLoad(selector, connections);
            try {
                for (int i = 0; i < connections; i++) {
                    load.free.add(new Caller(i, port, selector));
                }
                return load.run(in, rate, (long) (rate * seconds), enough);
            } finally {
                Caller.closeAll(selector);
            }
        }
    }

    private Result run(DataInputStream in, double rate, long most, BooleanSupplier enough) throws IOException {
        long look = Math.max(1, (long) (rate / 10));
        long count = most;
        long sent = 0;
        long begun = System.nanoTime();
        long heard = begun;
        while (answered + refused < count) {
            long next = begun + (long) (sent * 1e9 / rate);
            while (sent < count && next <= System.nanoTime() && !free.isEmpty()) {
                if (sent % look == 0 && enough.getAsBoolean()) {
                    count = sent;
                    break;
                }
                Caller caller = free.remove();
                due[caller.number()] = next;
                caller.ask(RequestFiles.read(in));
                sent++;
                next = begun + (long) (sent * 1e9 / rate);
            }
            if (selector.select(this::take, 1) > 0) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > PATIENCE_NANOS) {
                throw new IOException("no answer for ten seconds");
            }
        }
        return new Result(latency, refused, (System.nanoTime() - begun) / 1e9);
    }

    private void take(SelectionKey key) {
        Caller caller = (Caller) key.attachment();
        if (caller.hasRead()) {
            latency.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - due[caller.number()]) / 1_000));
            if (caller.answer().take() == 200) {
                answered++;
            } else {
                refused++;
            }
            free.add(caller);
        }
    }
}
