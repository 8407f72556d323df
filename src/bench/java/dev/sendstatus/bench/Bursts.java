package dev.sendstatus.bench;

import dev.sendstatus.api.BenchmarkApi;
import dev.sendstatus.text.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Callbacks as fast as they are accepted, in interleaved rounds, against doing nothing; each burst is applied before the next begins. */
final class Bursts {
    static final String NOOP = "noop";
    static final String BARE_NOOP = "bare noop";

    private static final int WARM_UP_SECONDS = 4;
    /** More than this machine answers: until a first round has told, and after a slow one. */
    private static final int MOST_PER_SECOND = 60_000;

    private static final int LEAST_PER_SECOND = 30_000;
    /** Doing nothing is soon measured. */
    private static final int NOOP_SECONDS = 8;

    private static final long LOOK_MILLIS = 250;
    private static final int NOOP_REQUESTS = 20_000;
    private static final int QUESTION_MILLIS = 20;
    private static final List<String> GROUPS =
            List.of("http", "group-commit", "answerer", "apply", "checkpointer", "other");

    private final BenchFolder folder;
    private final Wrk wrk;
    private final int seconds;
    private final int connections;
    private final Map<String, Integer> fastest = new HashMap<>();
    private final List<Runner> runners = new ArrayList<>();

    /** @param seconds how long a burst is */
    Bursts(BenchFolder folder, int seconds, int connections) throws IOException {
        this.folder = folder;
        this.wrk = new Wrk(folder.path());
        this.seconds = seconds;
        this.connections = connections;
    }

    /** One thing that is measured. @param path what its requests ask for */
    private record Runner(String name, ServerProcess server, Demo demo, String path, Onlookers onlookers) {
        boolean stores() {
            return path.equals(demo.path());
        }
    }

    /**
     * What became of one burst.
     *
     * @param appliedShare how much of it was applied when it ended
     * @param drainSeconds how long after its end all was applied
     * @param microsAccepting processor time of the server until its end, by what its threads do, a callback
     * @param micros the same until all was applied
     * @param byId questions by id from its beginning until all was applied, in microseconds
     * @param course how it went until then; empty where nothing is stored
     */
    record Burst(
            Wrk.Result accepted,
            double appliedShare,
            double drainSeconds,
            Map<String, Double> microsAccepting,
            Map<String, Double> micros,
            Histogram byId,
            List<Point> course) {

        double acceptedPerSecond() {
            return accepted.perSecond();
        }

        double appliedPerSecond() {
            return accepted.answered() / (accepted.seconds() + drainSeconds);
        }
    }

    /** @param accepted callbacks that were stored since the burst began @param applied events that were stored since then */
    record Point(double seconds, long accepted, long applied) {}

    void addNoops(ServerProcess server) {
        runners.add(new Runner(NOOP, server, Demo.twilio(), BenchmarkApi.NOOP_ROUTE, Onlookers.NONE));
        runners.add(new Runner(BARE_NOOP, server, Demo.twilio(), BenchmarkApi.NOOP_IN_FRONT, Onlookers.NONE));
    }

    void add(String name, ServerProcess server, Demo demo) {
        add(name, server, demo, Onlookers.NONE);
    }

    void add(String name, ServerProcess server, Demo demo, Onlookers onlookers) {
        runners.add(new Runner(name, server, demo, demo.path(), onlookers));
    }

    /**
     * Those that were added, in turns.
     *
     * @param warmUps rounds that are not counted; from a second one the compiler learns what all of them have in common
     * @return the counted rounds of each
     */
    Map<String, List<Burst>> run(int warmUps, int rounds) throws Exception {
        Map<String, List<Burst>> bursts = new LinkedHashMap<>();
        runners.forEach(runner -> bursts.put(runner.name, new ArrayList<>()));
        for (int round = 1 - warmUps; round <= rounds; round++) {
            for (Runner runner : runners) {
                int most = runner.stores() ? seconds : Math.min(seconds, NOOP_SECONDS);
                Burst burst = burst(runner, round <= 0 ? Math.min(most, WARM_UP_SECONDS) : most);
                fastest.merge(runner.name, (int) burst.acceptedPerSecond(), Math::max);
                if (round > 0) {
                    bursts.computeIfAbsent(runner.name, key -> new ArrayList<>())
                            .add(burst);
                }
                System.err.printf(
                        "%s  %-10s accepted %,7.0f/s  applied %,7.0f/s  drained in %.1f s%n",
                        round <= 0 ? "warm-up" : "round " + round,
                        runner.name,
                        burst.acceptedPerSecond(),
                        burst.appliedPerSecond(),
                        burst.drainSeconds);
            }
        }
        return bursts;
    }

    private Burst burst(Runner runner, int forSeconds) throws Exception {
        Integer known = fastest.get(runner.name);
        int perSecond = known == null ? MOST_PER_SECOND : Math.max(LEAST_PER_SECOND, 2 * known);
        int perThread = runner.stores() ? perSecond * (forSeconds + 1) / Wrk.THREADS : NOOP_REQUESTS;
        Path requests = RequestFiles.write(folder.requests(), runner.demo, runner.path, Wrk.THREADS, perThread);
        ServerProcess server = runner.server;
        Map<String, Double> before = server.processorTime();
        if (!runner.stores()) {
            Wrk.Result result = wrk.run(server.noopPort(), connections, forSeconds, requests, true);
            Map<String, Double> micros = micros(before, server.processorTime(), result.answered());
            return new Burst(result, 0, 0, micros, micros, new Histogram(3), List.of());
        }
        try (AutoCloseable watching = runner.onlookers.begin();
                Inbox inbox = new Inbox(server.database())) {
            long callbacks = inbox.callbacks();
            long events = inbox.events();
            Looks<Point> course = new Looks<>(
                    server.database(),
                    LOOK_MILLIS,
                    (seen, seconds) -> new Point(seconds, seen.callbacks() - callbacks, seen.events() - events));
            AtomicBoolean applied = new AtomicBoolean();
            String id = inbox.newestMessage();
            CompletableFuture<Histogram> asking = CompletableFuture.supplyAsync(() -> askedUntil(applied, server, id));
            Wrk.Result result = wrk.run(server.port(), connections, forSeconds, requests, false);
            long ended = System.nanoTime();
            Map<String, Double> microsAccepting = micros(before, server.processorTime(), result.answered());
            double appliedShare = 1 - (double) inbox.size() / Math.max(1, inbox.callbacks() - callbacks);
            while (!inbox.isEmpty()) {
                Thread.sleep(QUESTION_MILLIS);
            }
            double drainSeconds = (System.nanoTime() - ended) / 1e9;
            applied.set(true);
            Map<String, Double> micros = micros(before, server.processorTime(), result.answered());
            prove(result, inbox.callbacks() - callbacks, inbox.events() - events);
            return new Burst(result, appliedShare, drainSeconds, microsAccepting, micros, asking.join(), course.stop());
        }
    }

    /** @param id null before the first message: then nothing is asked */
    private static Histogram askedUntil(AtomicBoolean applied, ServerProcess server, @Nullable String id) {
        Histogram byId = new Histogram(3);
        try (Client asking = new Client(server.port())) {
            while (id != null && !applied.get()) {
                asking.timed(Client.question("/v1/messages/" + id), byId);
                Thread.sleep(QUESTION_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return byId;
    }

    /** No two callbacks say the same: there is one event for each, and more only by those whose answer did not come before the end. */
    private static void prove(Wrk.Result result, long callbacks, long events) {
        if (callbacks < result.answered() || events != callbacks) {
            throw new IllegalStateException(
                    "%,d callbacks were answered 200, %,d are stored, and there are %,d events of them"
                            .formatted(result.answered(), callbacks, events));
        }
    }

    private static Map<String, Double> micros(Map<String, Double> before, Map<String, Double> after, long requests) {
        Map<String, Double> micros = new TreeMap<>();
        after.forEach((group, used) ->
                micros.put(group, Math.max(0, used - before.getOrDefault(group, 0.0)) / Math.max(1, requests)));
        return micros;
    }

    /** @param plot the name of the picture's file */
    static void print(String heading, String plot, Map<String, List<Burst>> bursts) throws IOException {
        double noop = Figures.median(bursts.getOrDefault(NOOP, List.of()), Burst::acceptedPerSecond);
        Table accepted = Table.figures(
                "accepted", "requests/s", "of noop", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "not 200", "broken");
        Table applied = Table.figures(
                "applied", "at the end", "drained after s", "events/s in all", "by id p50 ms", "by id p99 ms");
        Table accepting = processorTable();
        Table processor = processorTable();
        bursts.forEach((name, rounds) -> {
            double perSecond = Figures.median(rounds, Burst::acceptedPerSecond);
            accepted.row(
                    name,
                    Figures.whole(perSecond),
                    noop > 0 ? Figures.hundredths(perSecond / noop) : Table.NONE,
                    Figures.hundredths(Figures.median(rounds, burst -> burst.accepted.p50Millis())),
                    Figures.hundredths(Figures.median(rounds, burst -> burst.accepted.p99Millis())),
                    Figures.hundredths(Figures.median(rounds, burst -> burst.accepted.p999Millis())),
                    Figures.hundredths(Figures.median(rounds, burst -> burst.accepted.maxMillis())),
                    rounds.stream().mapToLong(burst -> burst.accepted.refused()).sum(),
                    rounds.stream().mapToLong(burst -> burst.accepted.failed()).sum());
            if (!name.endsWith(NOOP)) {
                Histogram byId = new Histogram(3);
                rounds.forEach(burst -> byId.add(burst.byId));
                applied.row(
                        name,
                        Figures.whole(100 * Figures.median(rounds, Burst::appliedShare)) + " %",
                        Figures.hundredths(Figures.median(rounds, Burst::drainSeconds)),
                        Figures.whole(Figures.median(rounds, Burst::appliedPerSecond)),
                        Figures.hundredths(byId.getValueAtPercentile(50) / 1e3),
                        Figures.hundredths(byId.getValueAtPercentile(99) / 1e3));
            }
            accepting.row(processorTimes(name, rounds, Burst::microsAccepting));
            processor.row(processorTimes(name, rounds, Burst::micros));
        });
        Figures.print(heading, accepted);
        System.out.println(
                "noop: a route of Javalin that reads the body. bare noop: a handler in front of Javalin that does.");
        Figures.print("Processor time of the server's threads in a burst; other: collector, compiler, jobs", accepting);
        Figures.print("The same bursts until they are applied", applied);
        Figures.print("Processor time of the server's threads until then", processor);
        Map<String, List<Point>> courses = new LinkedHashMap<>();
        bursts.forEach((name, rounds) -> {
            if (!name.endsWith(NOOP)) {
                courses.put(name, rounds.get(rounds.size() - 1).course);
            }
        });
        Plots.bursts(plot, heading, courses);
    }

    private static Table processorTable() {
        List<String> heading = new ArrayList<>(GROUPS);
        heading.add(0, "processor, us a request");
        heading.add("together");
        return Table.figures(heading.toArray(String[]::new));
    }

    private static Object[] processorTimes(
            String name, List<Burst> rounds, Function<Burst, Map<String, Double>> times) {
        List<Object> cells = new ArrayList<>(List.of(name));
        double together = 0;
        for (String group : GROUPS) {
            double micros = Figures.median(rounds, burst -> times.apply(burst).getOrDefault(group, 0.0));
            together += micros;
            cells.add("%.1f".formatted(micros));
        }
        cells.add("%.1f".formatted(together));
        return cells.toArray();
    }
}
