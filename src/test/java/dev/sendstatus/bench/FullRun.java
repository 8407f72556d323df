package dev.sendstatus.bench;

import dev.sendstatus.api.BenchmarkApi;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.sweep.StuckSettings;
import dev.sendstatus.sweep.SweepResult;
import dev.sendstatus.sweep.Sweeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** What is measured on a database that is full, against an empty one. Each part prints its table and leaves its figures. */
final class FullRun {
    private static final String SMALL_HEAP = "-Xmx256m";
    /** More than are under way at once at any rate that the server keeps up with. */
    private static final int PACED_CONNECTIONS = 256;

    private static final int WARM_UP_SECONDS = 45;

    private static final int STUCK = 10_000;
    private static final String QUERY = "GET /v1/messages/%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
            + ServerProcess.TOKEN + "\r\n\r\n";

    private final Path folder;
    private final Path plots;
    private final Figures figures;
    private final List<Demo<?>> demos = Demo.all();
    private final Demo<?> twilio;
    private final Path full;
    private long seed = 50_000;
    private String stored = "a full database";

    /** @param full the database that is filled, or is full already */
    FullRun(Path folder, Path full, Path plots, Figures figures) {
        this.folder = folder;
        this.plots = plots;
        this.figures = figures;
        this.full = full;
        this.twilio = Demo.twilio(demos);
    }

    /** Everything. @param messages how many to store first @param soakSeconds how long to watch the memory */
    void run(long messages, int soakSeconds) throws Exception {
        stored = String.format("%,d messages stored", messages);
        measure(fill(messages).samples(), soakSeconds);
    }

    /** What is measured on a database that is full; adds messages. @param samples some of its messages, spread over all */
    void measure(List<MessageKey> samples, int soakSeconds) throws Exception {
        double most = fullAgainstEmpty();
        sweep();
        try (ServerProcess server = start()) {
            double half = most / 2;
            warmUp(server, half, samples);
            rates(server, most);
            queries(server, half, samples);
            new AtRest(folder, figures).measure(server.port(), requests(AtRest.CALLBACKS));
            soak(server, half, soakSeconds);
        }
    }

    /** In steps, with a look at the speed after each. */
    private Filler.Filled fill(long messages) throws Exception {
        System.out.printf("%n== Filling a database with %,d messages, %,d of them stuck%n%n", messages, STUCK);
        Map<Double, Double> speeds = new TreeMap<>();
        List<MessageKey> samples = new ArrayList<>();
        Duration time = Duration.ZERO;
        long events = 0;
        double stored = 0;
        for (double share : List.of(0.1, 0.2, 0.3, 0.4)) {
            try (Store store = Store.open(new SqliteDialect(BenchServer.file(full)))) {
                Filler.Filled part = new Filler(store, demos, (long) (messages * share), (int) (STUCK * share), seed++)
                        .fill(Instant.now());
                samples.addAll(part.samples());
                time = time.plus(part.time());
                events += part.events();
            }
            stored += messages * share / 1e6;
            if (share == 0.1) {
                // Warms up; what is stored meanwhile does not change the picture.
                measured(6);
            }
            speeds.put(stored, measured(4));
        }
        long bytes = Files.size(full);
        double perSecond = events / (time.toMillis() / 1e3);
        System.out.printf(
                "%,d events in %,d s, %,.0f/s; %,d MB, %.1f bytes an event with all tables and indexes%n",
                events, time.toSeconds(), perSecond, bytes >> 20, (double) bytes / events);
        speeds.forEach((millions, speed) ->
                System.out.printf("with %4.1f million messages stored: Twilio %,8.0f/s%n", millions, speed));
        Plot.of("Throughput against stored messages", "million messages", "Twilio callbacks/s, durable")
                .curve(IngestRounds.CONNECTIONS + " connections", speeds)
                .write(plots.resolve("stored.svg"));
        figures.put("bytes_per_event", (double) bytes / events, 1);
        figures.put("fill_events_per_second", perSecond, 0);
        return new Filler.Filled(events, time, samples);
    }

    private double measured(int seconds) throws Exception {
        try (BenchServer server = new BenchServer(full, demos)) {
            return perSecond(server, IngestRounds.CONNECTIONS, seconds, false);
        }
    }

    /** Both servers in one process, in interleaved rounds. @return the full one's requests a second */
    private double fullAgainstEmpty() throws Exception {
        System.out.printf("%n== Twilio on the full database against an empty one%n%n");
        List<Double> ratios = new ArrayList<>();
        List<Double> fulls = new ArrayList<>();
        Map<Integer, Double> durable = new TreeMap<>();
        Map<Integer, Double> noop = new TreeMap<>();
        try (BenchServer empty = new BenchServer(folder.resolve("empty.db"), demos);
                BenchServer filled = new BenchServer(full, demos)) {
            for (int round = 0; round <= 3; round++) {
                double onEmpty = perSecond(empty, IngestRounds.CONNECTIONS, 5, false);
                double onFull = perSecond(filled, IngestRounds.CONNECTIONS, 5, false);
                if (round > 0) {
                    ratios.add(onFull / onEmpty);
                    fulls.add(onFull);
                    System.out.printf("empty %,8.0f/s   full %,8.0f/s   %.2f%n", onEmpty, onFull, onFull / onEmpty);
                }
            }
            for (int connections : List.of(2, 8, 32, 64, 256, 512)) {
                durable.put(connections, perSecond(filled, connections, 3, false));
                noop.put(connections, perSecond(filled, connections, 3, true));
            }
        }
        figures.put("full_ratio", Figures.median(ratios), 3);
        System.out.printf("%n%-12s %12s %12s %8s%n", "connections", "Twilio/s", "noop/s", "of noop");
        durable.forEach((connections, perSecond) -> {
            double nothing = noop.getOrDefault(connections, 0.0);
            System.out.printf("%-12d %,12.0f %,12.0f %8.2f%n", connections, perSecond, nothing, perSecond / nothing);
        });
        Plot.logarithmic("Throughput against concurrency, " + stored, "connections", "requests/s")
                .curve("noop", noop)
                .curve("Twilio, durable", durable)
                .write(plots.resolve("concurrency.svg"));
        return Figures.median(fulls);
    }

    private double perSecond(BenchServer server, int connections, int seconds, boolean noop)
            throws IOException, InterruptedException {
        String path = noop ? BenchmarkApi.NOOP_ROUTE : twilio.path();
        RequestFiles requests = RequestFiles.write(
                folder.resolve("requests"),
                twilio,
                path,
                IngestRounds.LOAD_THREADS,
                noop ? 50_000 : IngestRounds.MOST_PER_SECOND * (seconds + 1),
                seed++);
        return new Wrk(folder)
                .run(server.port(), IngestRounds.LOAD_THREADS, connections, seconds, requests, noop)
                .perSecond();
    }

    private void sweep() throws Exception {
        System.out.printf("%n== The sweep over the full database%n%n");
        try (BenchServer server = new BenchServer(full, demos)) {
            StuckSettings settings = new StuckSettings(
                    BenchServer.LIMITS.threshold(), Map.of(), Duration.ofMinutes(5), BenchServer.LIMITS.giveUp());
            Sweeper sweeper = new Sweeper(server.store(), server.reads(), settings, InstantSource.system());
            long begun = System.nanoTime();
            SweepResult first = sweeper.sweep();
            double firstMillis = (System.nanoTime() - begun) / 1e6;
            List<Double> later = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                begun = System.nanoTime();
                sweeper.sweep();
                later.add((System.nanoTime() - begun) / 1e6);
            }
            System.out.printf(
                    "the first pass flagged %,d messages in %.0f ms; a pass over them takes %.0f ms%n",
                    first.flagged(), firstMillis, Figures.median(later));
            figures.put("first_sweep_ms", firstMillis, 0);
            figures.put("sweep_ms", Figures.median(later), 0);
        }
    }

    private ServerProcess start() throws IOException, InterruptedException {
        System.out.printf("%n== Start on the full database, from the command to the first 200 of /readyz%n%n");
        // The first run builds, if anything changed.
        new ServerProcess(folder, full, demos, SMALL_HEAP).close();
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (ServerProcess server = new ServerProcess(folder, full, demos, SMALL_HEAP)) {
                starts.add(server.startMillis());
            }
        }
        System.out.printf("%.0f ms (median of three)%n", Figures.median(starts));
        figures.put("start_ms", Figures.median(starts), 0);
        return new ServerProcess(folder, full, demos, SMALL_HEAP);
    }

    private Path requests(int count) {
        RequestFiles.write(folder.resolve("paced"), twilio, twilio.path(), 1, count, seed++);
        return folder.resolve("paced.0");
    }

    private void rates(ServerProcess server, double most) throws Exception {
        System.out.printf("%n== Latency against rate, %s, %s%n%n", stored, SMALL_HEAP);
        System.out.printf(
                "%-10s %8s %8s %8s %9s %8s %8s%n",
                "rate/s", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms", "not 200");
        Map<Double, Double> median = new TreeMap<>();
        Map<Double, Double> p99 = new TreeMap<>();
        Map<Double, Double> p999 = new TreeMap<>();
        PacedLoad load = new PacedLoad(server.port(), PACED_CONNECTIONS);
        for (double share : List.of(0.1, 0.25, 0.5, 0.75)) {
            double rate = most * share;
            int seconds = 8;
            PacedLoad.Result result = load.run(requests((int) (rate * seconds) + 1), rate, seconds);
            System.out.printf(
                    "%,-10.0f %8.2f %8.2f %8.2f %9.2f %8.1f %8d%n",
                    rate,
                    result.millis(50),
                    result.millis(90),
                    result.millis(99),
                    result.millis(99.9),
                    result.millis(100),
                    result.refused());
            median.put(rate, result.millis(50));
            p99.put(rate, result.millis(99));
            p999.put(rate, result.millis(99.9));
            if (share == 0.5) {
                figures.put("half_rate_p99_ms", result.millis(99), 2);
                figures.put("p999_ms", result.millis(99.9), 2);
            }
        }
        Plot.of("Latency against rate, " + stored, "callbacks/s", "ms")
                .curve("p50", median)
                .curve("p99", p99)
                .curve("p99.9", p999)
                .write(plots.resolve("latency.svg"));
    }

    /** As a server that runs for weeks is: the compiler takes most of half a minute on processors that are busy. */
    private void warmUp(ServerProcess server, double rate, List<MessageKey> samples) throws Exception {
        asked(server, rate, WARM_UP_SECONDS, samples);
    }

    private void queries(ServerProcess server, double rate, List<MessageKey> samples) throws Exception {
        Asked asked = asked(server, rate, 15, samples);
        System.out.printf(
                "%n== Queries by id beside %,.0f callbacks/s: %,d asked, p50 %.2f ms, p99 %.2f ms; GET /healthz between them: p50"
                        + " %.2f ms, p99 %.2f ms; callbacks' p99 %.2f ms%n",
                rate,
                asked.byId.getTotalCount(),
                asked.byId.getValueAtPercentile(50) / 1e3,
                asked.byId.getValueAtPercentile(99) / 1e3,
                asked.nothing.getValueAtPercentile(50) / 1e3,
                asked.nothing.getValueAtPercentile(99) / 1e3,
                asked.load.millis(99));
        figures.put("query_p99_ms", asked.byId.getValueAtPercentile(99) / 1e3, 2);
        figures.put("health_p99_ms", asked.nothing.getValueAtPercentile(99) / 1e3, 2);
    }

    /**
     * @param byId queries by id, in microseconds
     * @param nothing requests that look nothing up, in microseconds
     * @param load the callbacks beside them
     */
    private record Asked(Histogram byId, Histogram nothing, PacedLoad.Result load) {}

    private Asked asked(ServerProcess server, double rate, int seconds, List<MessageKey> samples) throws Exception {
        Path requests = requests((int) (rate * seconds) + 1);
        AtomicBoolean done = new AtomicBoolean();
        Histogram byId = new Histogram(60_000_000, 3);
        Histogram nothing = new Histogram(60_000_000, 3);
        Thread asking = new Thread(() -> ask(server.port(), samples, byId, nothing, done), "queries");
        asking.start();
        PacedLoad.Result load = new PacedLoad(server.port(), PACED_CONNECTIONS).run(requests, rate, seconds);
        done.set(true);
        asking.join();
        return new Asked(byId, nothing, load);
    }

    /** Some hundred a second, of messages all over the database, and as many requests that look nothing up. */
    private static void ask(
            int port, List<MessageKey> samples, Histogram latency, Histogram nothing, AtomicBoolean done) {
        try (PacedLoad.Connection connection = new PacedLoad.Connection(port)) {
            for (int i = 0; !done.get(); i++) {
                String id = samples.get((int) (i * 7_919L % samples.size())).id();
                byte[] request = QUERY.formatted(id).getBytes(StandardCharsets.US_ASCII);
                connection.timed(request, latency);
                LockSupport.parkNanos(5_000_000);
                connection.timed(AtRest.HEALTH, nothing);
                LockSupport.parkNanos(5_000_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void soak(ServerProcess server, double rate, int seconds) throws Exception {
        System.out.printf("%n== Memory over a soak of %d s at %,.0f callbacks/s, %s%n%n", seconds, rate, SMALL_HEAP);
        System.out.printf("%-8s %14s %14s%n", "after s", "heap used MB", "resident MB");
        int parts = 4;
        double first = 0;
        double last = 0;
        for (int part = 0; part <= parts; part++) {
            if (part > 0) {
                int each = seconds / parts;
                new PacedLoad(server.port(), PACED_CONNECTIONS).run(requests((int) (rate * each) + 1), rate, each);
            }
            last = server.heapMegabytes();
            first = part == 1 ? last : first;
            System.out.printf("%-8d %14.1f %14.1f%n", part * seconds / parts, last, server.residentMegabytes());
        }
        figures.put("soak_heap_growth_mb", last - first, 1);
        figures.put("resident_mb", server.residentMegabytes(), 0);
    }
}
