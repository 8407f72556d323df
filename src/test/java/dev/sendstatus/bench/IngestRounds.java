package dev.sendstatus.bench;

import dev.sendstatus.api.BenchmarkApi;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Durable callbacks of each provider against the same server doing nothing, in interleaved rounds. */
final class IngestRounds {
    static final int LOAD_THREADS = 2;
    /** With 256, where the disk takes 0.4 ms a sync, all of them wait for it a tenth of the time, and both processors idle. */
    static final int CONNECTIONS = 512;

    static final String NOOP = "noop";
    static final String BARE_NOOP = "bare noop";

    /** More than this machine answers, so that no request is sent twice: of Telnyx's, which take long to sign, and of others. */
    private static final int MOST_PER_SECOND_TELNYX = 24_000;

    static final int MOST_PER_SECOND = 36_000;
    /** The compiler learns from the second what all of them have in common. */
    private static final int WARM_UPS = 2;

    private final BenchServer server;
    private final Path folder;
    private final Figures figures;
    private final Wrk wrk;
    private final int seconds;
    private final int warmUpSeconds;
    private final int connections;
    private long answered;
    private long stored;
    private long seed = 1;

    /** @param seconds how long a round is @param warmUpSeconds how long each of the first ones is, which are not counted: the compiler is busy then */
    IngestRounds(BenchServer server, Path folder, Figures figures, int seconds, int warmUpSeconds, int connections)
            throws IOException {
        this.server = server;
        this.folder = folder;
        this.figures = figures;
        this.wrk = new Wrk(folder);
        this.seconds = seconds;
        this.warmUpSeconds = warmUpSeconds;
        this.connections = connections;
    }

    /** One thing that is measured. @param path what its requests ask for */
    private record Runner(String name, Demo<?> demo, String path) {}

    /** @param only what to measure, by name; empty for all */
    Map<String, List<Wrk.Result>> run(List<Demo<?>> demos, int rounds, List<String> only)
            throws IOException, InterruptedException, StoreException {
        List<Runner> runners = new ArrayList<>();
        Demo<?> twilio = Demo.twilio(demos);
        runners.add(new Runner(NOOP, twilio, BenchmarkApi.NOOP_ROUTE));
        runners.add(new Runner(BARE_NOOP, twilio, BenchmarkApi.NOOP_IN_FRONT));
        demos.forEach(demo -> runners.add(new Runner(demo.word(), demo, demo.path())));
        runners.removeIf(runner -> !only.isEmpty() && !only.contains(runner.name));
        Map<String, List<Wrk.Result>> results = new LinkedHashMap<>();
        runners.forEach(runner -> results.put(runner.name, new ArrayList<>()));
        // The first ones warm up and are not counted; what they stored is.
        for (int round = 1 - WARM_UPS; round <= rounds; round++) {
            boolean warmUp = round <= 0;
            for (Runner runner : runners) {
                ProcessorTime[] time = new ProcessorTime[2];
                Wrk.Result result = run(runner, warmUp ? warmUpSeconds : seconds, time);
                if (!warmUp) {
                    results.computeIfAbsent(runner.name, key -> new ArrayList<>())
                            .add(result);
                    figures.processorTime(runner.name, time[1].since(time[0], result.requests()));
                }
                System.err.printf(
                        "%s %-10s %,9.0f/s%n", warmUp ? "warm-up" : "round " + round, runner.name, result.perSecond());
            }
        }
        return results;
    }

    private Wrk.Result run(Runner runner, int forSeconds, ProcessorTime[] time)
            throws IOException, InterruptedException, StoreException {
        int perSecond = runner.demo.word().equals("telnyx") ? MOST_PER_SECOND_TELNYX : MOST_PER_SECOND;
        int perThread = perSecond * (forSeconds + 1) / LOAD_THREADS;
        boolean noop = !runner.path.equals(runner.demo.path());
        if (noop) {
            perThread = Math.min(perThread, 20_000);
        }
        RequestFiles requests = RequestFiles.write(
                folder.resolve("requests"), runner.demo, runner.path, LOAD_THREADS, perThread, seed++);
        time[0] = ProcessorTime.now();
        Wrk.Result result = wrk.run(server.port(), LOAD_THREADS, connections, forSeconds, requests, noop);
        time[1] = ProcessorTime.now();
        if (!noop) {
            figures.bodyBytes(runner.name, requests.bodyBytes());
            answered += result.answered200();
            stored += new Proof(server.reads()).stored(requests, result.taken());
        }
        return result;
    }

    /** How many were answered 200. */
    long answered() {
        return answered;
    }

    /** How many of those sent are in the database with the right state. */
    long stored() {
        return stored;
    }
}
