package dev.sendstatus.bench;

import dev.sendstatus.retention.RestingPace;
import dev.sendstatus.retention.Retention;
import dev.sendstatus.retention.RetentionSettings;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * Retention of messages that are all expired, while callbacks come at half of what the server can take: their latency with and without.
 * Prints a table and, last, a line of JSON. Fails if a message is left that should not be, or a callback is refused.
 */
public final class RetentionBench {
    private static final long DEFAULT_MESSAGES = 1_000_000;
    private static final Duration KEPT = Duration.ofDays(400);
    private static final int CONNECTIONS = 64;
    private static final int REQUESTS_FOR_THE_MOST = 60_000;
    private static final int PART_SECONDS = 10;

    private final Path folder;
    private final long messages;
    private final Demo<?> demo = Demo.all().get(0);
    private long seed = 70_000;

    private RetentionBench(Path folder, long messages) {
        this.folder = folder;
        this.messages = messages;
    }

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        long messages = DEFAULT_MESSAGES;
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].equals("--messages")) {
                messages = Long.parseLong(arguments[i + 1]);
            }
        }
        int status;
        try (BenchFolder folder = BenchFolder.make()) {
            status = new RetentionBench(folder.path(), messages).run();
        }
        System.exit(status);
    }

    /** What came of the retention. @param steps how long each took, in microseconds, with what it read beside the writer */
    private record Ran(Retention.Removed removed, double seconds, Histogram steps) {}

    private int run() throws Exception {
        Path database = folder.resolve("bench.db");
        try (Store store = Store.open(new SqliteDialect(BenchServer.file(database)))) {
            new Filler(store, Demo.all(), messages, (int) (messages / 1_000), 1)
                    .fill(Instant.now().minus(KEPT).minus(Duration.ofDays(30)));
            while (store.indexNext()) {
                Thread.onSpinWait();
            }
        }
        long before = Files.size(database);
        Figures figures = new Figures();
        boolean complete;
        try (BenchServer server = new BenchServer(database, Demo.all())) {
            PacedLoad load = new PacedLoad(server.port(), CONNECTIONS);
            // All due within a second, which is more than it can take.
            load.run(requests(REQUESTS_FOR_THE_MOST), REQUESTS_FOR_THE_MOST, 1);
            PacedLoad.Result most = load.run(requests(REQUESTS_FOR_THE_MOST), REQUESTS_FOR_THE_MOST, 1);
            double half = most.answered() / most.seconds() / 2;
            Histogram without = new Histogram(60_000_000, 3);
            long refused = part(load, half, without) + part(load, half, without);
            Histogram with = new Histogram(60_000_000, 3);
            CompletableFuture<Ran> retention = CompletableFuture.supplyAsync(() -> retention(server.store()));
            do {
                refused += part(load, half, with);
            } while (!retention.isDone());
            Ran ran = retention.get();
            refused += part(load, half, without);
            long left = messages - ran.removed().messages();
            complete = refused == 0 && Math.abs(left) < messages / 1_000;
            print(half, without, with, ran, before, Files.size(database));
            figures.put("rate", half, 0);
            figures.put("p99_ms_without", millis(without, 99), 2);
            figures.put("p99_ms_with", millis(with, 99), 2);
            figures.put("p99_ratio", millis(with, 99) / millis(without, 99), 2);
            figures.put("removed_messages", ran.removed().messages(), 0);
            figures.put("seconds", ran.seconds(), 0);
            figures.put("step_p99_ms", millis(ran.steps(), 99), 2);
            figures.put("refused", refused, 0);
        }
        figures.printJson();
        return complete ? 0 : 1;
    }

    private static Ran retention(Store store) {
        Histogram steps = new Histogram(60_000_000, 3);
        RestingPace pace = new RestingPace();
        long begun = System.nanoTime();
        try {
            Retention.Removed removed = new Retention(
                            store,
                            new RetentionSettings(Duration.ofDays(30), KEPT),
                            InstantSource.system(),
                            nanos -> {
                                steps.recordValue(Math.min(60_000_000, nanos / 1_000));
                                pace.rest(nanos);
                            },
                            new SimpleMeterRegistry())
                    .run();
            return new Ran(removed, (System.nanoTime() - begun) / 1e9, steps);
        } catch (Exception e) {
            throw new IllegalStateException("the retention failed", e);
        }
    }

    /** Some seconds of callbacks. @return how many were refused */
    private long part(PacedLoad load, double rate, Histogram latency) throws IOException, InterruptedException {
        PacedLoad.Result result = load.run(requests((int) (rate * PART_SECONDS) + 1), rate, PART_SECONDS);
        latency.add(result.latency());
        return result.refused();
    }

    private Path requests(int count) {
        RequestFiles.write(folder.resolve("paced"), demo, demo.path(), 1, count, seed++);
        return folder.resolve("paced.0");
    }

    private static void print(double half, Histogram without, Histogram with, Ran ran, long before, long after) {
        System.out.printf(
                "%nRetention of %,d messages and %,d raw events in %,.0f s, beside %,.0f callbacks/s%n%n",
                ran.removed().messages(), ran.removed().raw(), ran.seconds(), half);
        System.out.printf("%-20s %8s %8s %8s %9s %8s%n", "", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms");
        row("callbacks without", without);
        row("callbacks with", with);
        row("a step", ran.steps());
        System.out.printf("%nThe file: %,d MB before, %,d MB after%n%n", before >> 20, after >> 20);
    }

    private static void row(String name, Histogram times) {
        System.out.printf(
                "%-20s %8.2f %8.2f %8.2f %9.2f %8.1f%n",
                name, millis(times, 50), millis(times, 90), millis(times, 99), millis(times, 99.9), millis(times, 100));
    }

    private static double millis(Histogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / 1e3;
    }
}
