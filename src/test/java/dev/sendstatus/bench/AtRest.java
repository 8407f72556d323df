package dev.sendstatus.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What one callback takes that comes alone, beside what the disk takes for a page and a request that stores nothing: each after a pause, since
 * processors and disk that have slept need longer than those that are busy.
 */
final class AtRest {
    static final byte[] HEALTH = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /** As many are asked as it takes for what runs rarely to be compiled, and then measured. */
    private static final int EACH = 1_000;

    static final int CALLBACKS = 2 * EACH;

    private static final long PAUSE_NANOS = 10_000_000;
    private static final int PAGE = 4_096;

    private final Path folder;
    private final Figures figures;

    AtRest(Path folder, Figures figures) {
        this.folder = folder;
        this.figures = figures;
    }

    /** Something that is done again and again. */
    @FunctionalInterface
    private interface Step {
        void run(Histogram latency) throws IOException;
    }

    /** @param requests of a single file, {@link #CALLBACKS} */
    void measure(int port, Path requests) throws IOException {
        try (PacedLoad.Connection connection = new PacedLoad.Connection(port);
                DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(requests)));
                FileChannel file = file()) {
            Step callback = latency -> connection.timed(PacedLoad.read(in), latency);
            Step nothing = latency -> connection.timed(HEALTH, latency);
            Step sync = latency -> sync(file, latency);
            medians(PAUSE_NANOS, callback);
            // In turn, since the machine's speed drifts.
            List<Double> rested = medians(PAUSE_NANOS, callback, nothing, sync);
            double busy = medians(0, sync).get(0);
            System.out.printf(
                    "%n== One at a time, every 10 ms, p50: a callback %.2f ms; GET /healthz, which stores nothing, %.2f ms; a sync of the disk"
                            + " %.2f ms. A sync right after another: %.2f ms%n",
                    rested.get(0), rested.get(1), rested.get(2), busy);
            figures.put("single_ms", rested.get(0), 2);
            figures.put("rested_sync_ms", rested.get(2), 2);
            figures.put("busy_sync_ms", busy, 2);
        }
    }

    /** Of each step's times, in ms. */
    private static List<Double> medians(long pauseNanos, Step... steps) throws IOException {
        List<Histogram> latencies = new ArrayList<>();
        for (Step step : steps) {
            latencies.add(new Histogram(60_000_000, 3));
        }
        for (int i = 0; i < EACH; i++) {
            for (int step = 0; step < steps.length; step++) {
                steps[step].run(latencies.get(step));
                if (pauseNanos > 0) {
                    LockSupport.parkNanos(pauseNanos);
                }
            }
        }
        return latencies.stream()
                .map(latency -> latency.getValueAtPercentile(50) / 1e3)
                .toList();
    }

    /** A file whose pages are there already. */
    private FileChannel file() throws IOException {
        FileChannel file = FileChannel.open(
                folder.resolve("sync"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        file.write(ByteBuffer.allocate(256 * PAGE));
        file.force(true);
        return file;
    }

    private static void sync(FileChannel file, Histogram latency) throws IOException {
        long begun = System.nanoTime();
        file.write(ByteBuffer.allocate(PAGE), latency.getTotalCount() % 256 * PAGE);
        file.force(false);
        latency.recordValue((System.nanoTime() - begun) / 1_000);
    }
}
