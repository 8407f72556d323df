package dev.sendstatus.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.bench.Bursts.Burst;
import dev.sendstatus.store.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the server on this machine; run by {@code scripts/bench}. */
@Command(
        name = "scripts/bench",
        description = "Measures Sendstatus on this machine. The last line is JSON.",
        subcommands = {Watched.class, Wake.class, CommandLine.HelpCommand.class})
public final class Bench {
    private static final String MESSAGES = "10000000";
    private static final String CONNECTIONS = "256";
    private static final int BESIDE_SECONDS = 20;
    /** On the machine that the figures are from it is about that, so the first step is near. */
    private static final double NEAR = 10_000;

    private final Figures figures = new Figures();

    private Bench() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        // It tells of each step, and of a stop that takes longer than five seconds.
        ((Logger) LoggerFactory.getLogger("io.zonky.test.db")).setLevel(Level.OFF);
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    /** How long the parts take. @param hold how many seconds a rate has to hold */
    private record Times(int burst, int warmUps, int rounds, int step, int hold, int connections) {}

    @Command(
            description =
                    "What is accepted and applied on an empty database, in bursts of each provider against a server that does"
                            + " nothing, in interleaved rounds; then the rate that can be sustained.",
            mixinStandardHelpOptions = true)
    int ingest(
            @Option(names = "--quick", description = "Fewer and shorter rounds: under two minutes.") boolean quick,
            @Option(names = "--seconds", description = "How long a burst is.", defaultValue = "30") int seconds,
            @Option(names = "--rounds", description = "How many rounds are counted.", defaultValue = "3") int rounds,
            @Option(names = "--hold", description = "How many seconds a rate is to hold.", defaultValue = "180")
                    int hold,
            @Option(names = "--connections", description = "How many send at once.", defaultValue = CONNECTIONS)
                    int connections)
            throws Exception {
        Times times = quick
                ? new Times(2, 1, 2, 3, 0, connections)
                : new Times(seconds, 2, rounds, Math.min(15, seconds), hold, connections);
        try (BenchFolder folder = BenchFolder.make()) {
            ingest(folder, times);
        }
        figures.printJson();
        return 0;
    }

    /** @return the rate that can be sustained */
    private double ingest(BenchFolder folder, Times times) throws Exception {
        try (ServerProcess server =
                new ServerProcess(folder.path(), sqlite(folder.path().resolve("empty.db")))) {
            Bursts bursts = new Bursts(folder, times.burst, times.connections);
            bursts.addNoops(server);
            Demo.all().forEach(demo -> bursts.add(demo.word(), server, demo));
            Map<String, List<Burst>> results = bursts.run(times.warmUps, times.rounds);
            Bursts.print(
                    "Accepted in bursts of %d s, %d connections, an empty database"
                            .formatted(times.burst, times.connections),
                    "bursts",
                    results);
            put(results);
            double near = Figures.median(results.getOrDefault("twilio", List.of()), Burst::appliedPerSecond);
            return sustained(folder, server, "", "an empty database", near, times);
        }
    }

    private void put(Map<String, List<Burst>> results) {
        double noop = Figures.median(results.getOrDefault(Bursts.NOOP, List.of()), Burst::acceptedPerSecond);
        figures.put("noop_rps", noop, 0);
        for (Demo demo : Demo.all()) {
            List<Burst> rounds = results.getOrDefault(demo.word(), List.of());
            double perSecond = Figures.median(rounds, Burst::acceptedPerSecond);
            figures.put(demo.word() + "_rps", perSecond, 0);
            figures.put(demo.word() + "_ratio", perSecond / noop, 3);
        }
        List<Burst> twilio = results.getOrDefault("twilio", List.of());
        figures.put("accept_ratio", Figures.median(twilio, Burst::acceptedPerSecond) / noop, 3);
        figures.put("p99_ms", Figures.median(twilio, burst -> burst.accepted().p99Millis()), 2);
        figures.put("drain_s", Figures.median(twilio, Burst::drainSeconds), 1);
    }

    /** @param name of the database, as the figures have it */
    private double sustained(
            BenchFolder folder, ServerProcess server, String name, String database, double near, Times times)
            throws Exception {
        Sustained sustained = new Sustained(folder, server);
        double rate = sustained.rate(near, times.step, times.hold);
        sustained.print("Sustained at a steady rate of Twilio's callbacks, " + database, name + "lag");
        Sustained.Beside half =
                sustained.beside(rate / 2, Math.min(BESIDE_SECONDS, 2 * times.step), Questions.ids(server.database()));
        System.out.printf("%n== Beside half of that, %,.0f callbacks/s, %s%n%n", rate / 2, database);
        System.out.printf(
                "callbacks p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms; lag p99 %d ms%n",
                half.load().millis(50),
                half.load().millis(99),
                half.load().millis(99.9),
                half.lag().getValueAtPercentile(99));
        System.out.printf(
                "by id with the wait for what was acknowledged before: p50 %.2f ms, p99 %.2f ms; the question itself: p50 %.2f ms,"
                        + " p99 %.2f ms%n",
                millis(half.byId(), 50),
                millis(half.byId(), 99),
                millis(half.question(), 50),
                millis(half.question(), 99));
        Sustained.AtRest rest = sustained.atRest();
        System.out.printf(
                "%n== One callback at a time, %s: answered p50 %.2f ms, p99 %.2f ms; from the 200 to the state p50 %.2f ms, p99 %.2f"
                        + " ms. The server holds %.0f MB of memory.%n",
                database,
                millis(rest.answered(), 50),
                millis(rest.answered(), 99),
                millis(rest.applied(), 50),
                millis(rest.applied(), 99),
                server.residentMegabytes());
        figures.put(name + "sustained_eps", rate, 0);
        figures.put(name + "half_rate_p99_ms", half.load().millis(99), 2);
        figures.put(name + "p999_ms", half.load().millis(99.9), 2);
        figures.put(name + "half_rate_lag_p99_ms", half.lag().getValueAtPercentile(99), 0);
        figures.put(name + "query_p99_ms", millis(half.byId(), 99), 2);
        figures.put(name + "question_p99_ms", millis(half.question(), 99), 2);
        figures.put(name + "lag_p99_ms", millis(rest.applied(), 99), 2);
        figures.put(name + "single_ms", millis(rest.answered(), 50), 2);
        figures.put(name + "resident_mb", server.residentMegabytes(), 0);
        return rate;
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }

    @Command(
            description =
                    "The same on a full database, against an empty one, with its size, every filter's first page and"
                            + " statistics. Adds messages.",
            mixinStandardHelpOptions = true)
    int full(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..1",
                            description = "Filled first if it is not there; without it one is made.")
                    @Nullable
                    Path file,
            @Option(names = "--messages", description = "How many it is filled with.", defaultValue = MESSAGES)
                    long messages,
            @Option(names = "--seconds", description = "How long a burst is.", defaultValue = "30") int seconds,
            @Option(names = "--rounds", description = "How many rounds are counted; 0: no bursts.", defaultValue = "3")
                    int rounds,
            @Option(names = "--hold", description = "How many seconds a rate is to hold.", defaultValue = "180")
                    int hold)
            throws Exception {
        try (BenchFolder folder = BenchFolder.make()) {
            Path path = file == null ? folder.path().resolve("full.db") : file.toAbsolutePath();
            full(
                    folder,
                    path,
                    messages,
                    new Times(seconds, 2, rounds, Math.min(15, seconds), hold, Integer.parseInt(CONNECTIONS)),
                    0);
        }
        figures.printJson();
        return 0;
    }

    private void full(BenchFolder folder, Path file, long messages, Times times, double onEmpty) throws Exception {
        DatabaseSettings database = sqlite(file);
        if (!Files.exists(file)) {
            fill(database, messages);
        }
        Sizes.measure("sqlite", database, figures);
        new AlertLooks(database, figures).measure();
        try (ServerProcess full = new ServerProcess(folder.path(), database)) {
            new Questions(full, figures).ask("sqlite");
            double near = onEmpty > 0 ? onEmpty * 0.8 : NEAR;
            if (times.rounds > 0) {
                near = burstsOnFull(folder, full, times);
            }
            double rate = sustained(folder, full, "full_", "a full database", near, times);
            figures.put("full_sustained_ratio", onEmpty > 0 ? rate / onEmpty : Double.NaN, 3);
        }
    }

    /** @return events a second that were accepted and applied */
    private double burstsOnFull(BenchFolder folder, ServerProcess full, Times times) throws Exception {
        try (ServerProcess empty =
                new ServerProcess(folder.path(), sqlite(folder.path().resolve("other.db")))) {
            Bursts bursts = new Bursts(folder, times.burst, times.connections);
            bursts.add("empty", empty, Demo.twilio());
            bursts.add("full", full, Demo.twilio());
            Map<String, List<Burst>> results = bursts.run(times.warmUps, times.rounds);
            Bursts.print(
                    "Twilio's bursts of %d s on a full database and an empty one".formatted(times.burst),
                    "bursts-full",
                    results);
            List<Burst> onFull = results.getOrDefault("full", List.of());
            List<Burst> onNone = results.getOrDefault("empty", List.of());
            figures.put(
                    "full_ratio",
                    Figures.median(onFull, Burst::acceptedPerSecond) / Figures.median(onNone, Burst::acceptedPerSecond),
                    3);
            figures.put("full_drain_s", Figures.median(onFull, Burst::drainSeconds), 1);
            return Figures.median(onFull, Burst::appliedPerSecond);
        }
    }

    @Command(
            description =
                    "A database of realistic messages of all providers, through the real adapters and the real store.",
            mixinStandardHelpOptions = true)
    int fill(
            @Parameters(paramLabel = "FILE", description = "Made if it is not there; else messages are added.")
                    Path file,
            @Option(names = "--messages", description = "How many to store.", defaultValue = MESSAGES) long messages)
            throws Exception {
        fill(sqlite(file.toAbsolutePath()), messages);
        return 0;
    }

    private void fill(DatabaseSettings database, long messages) throws Exception {
        Filler.Filled filled = Filler.fill(database, messages);
        System.out.printf(
                "%n== Filled with %,d messages: %,d callbacks in %,d s, %,.0f/s%n",
                messages, filled.callbacks(), filled.time().toSeconds(), filled.perSecond());
        figures.put("fill_events_per_second", filled.perSecond(), 0);
    }

    @Command(
            description =
                    "The size of a database made by fill, and how long every filter's first page and statistics of a day take.",
            mixinStandardHelpOptions = true)
    int queries(
            @Parameters(
                            paramLabel = "FILE|URL",
                            arity = "0..1",
                            description = "A file, or jdbc:postgresql://HOST/NAME?user=NAME for one that was copied by"
                                    + " sendstatus migrate. Without it a PostgreSQL is started and filled.")
                    @Nullable
                    String made,
            @Option(
                            names = "--messages",
                            description = "How many the PostgreSQL is filled with.",
                            defaultValue = MESSAGES)
                    long messages)
            throws Exception {
        try (BenchFolder folder = BenchFolder.make()) {
            if (made != null && made.startsWith("jdbc:")) {
                queries(folder, "postgresql", new DatabaseSettings(made, null, null));
            } else if (made != null) {
                queries(folder, "sqlite", sqlite(Path.of(made).toRealPath()));
            } else {
                try (EmbeddedPostgres postgres = Nodes.postgres(folder.path())) {
                    DatabaseSettings database = Nodes.database(postgres, "filled");
                    fill(database, messages);
                    queries(folder, "postgresql", database);
                }
            }
        }
        figures.printJson();
        return 0;
    }

    private void queries(BenchFolder folder, String name, DatabaseSettings database) throws Exception {
        Sizes.measure(name, database, figures);
        // Else the server would count for alerts all that was filled, beside the questions.
        new AlertLooks(database, figures).measure();
        try (ServerProcess server = new ServerProcess(folder.path(), database)) {
            Questions questions = new Questions(server, figures);
            questions.ask(name);
            questions.openPages(name);
        }
    }

    @Command(
            description = "How long a look for alerts takes on a database made by fill, minute by minute.",
            mixinStandardHelpOptions = true)
    int alerts(@Parameters(paramLabel = "FILE", description = "Made by fill.") Path file) throws Exception {
        new AlertLooks(sqlite(file.toRealPath()), figures).measure();
        figures.printJson();
        return 0;
    }

    @Command(
            description = "Applying alone: one node on SQLite, one and three on a PostgreSQL of its own.",
            mixinStandardHelpOptions = true)
    int nodes(
            @Option(names = "--callbacks", description = "How many in each round.", defaultValue = "100000")
                    int callbacks)
            throws Exception {
        try (BenchFolder folder = BenchFolder.make()) {
            new Nodes(folder.path(), callbacks).run(figures);
        }
        figures.printJson();
        return 0;
    }

    @Command(
            description =
                    "Trains the dictionary of the bodies of callbacks anew, from simulated ones and those of the tests.",
            mixinStandardHelpOptions = true)
    int dictionary(
            @Option(
                            names = "--requests",
                            description = "Folders of requests that are not simulated.",
                            defaultValue = "src/test/resources/provider")
                    Path requests,
            @Parameters(paramLabel = "FILE", description = "Where it is written to.") Path file)
            throws IOException {
        Files.write(file, DictionaryTraining.train(Adapters.all(), requests));
        return 0;
    }

    @Command(description = "ingest, full and nodes, in under 20 minutes.", mixinStandardHelpOptions = true)
    int all(@Option(names = "--messages", description = "How many to store.", defaultValue = "1500000") long messages)
            throws Exception {
        Times times = new Times(6, 2, 3, 8, 45, Integer.parseInt(CONNECTIONS));
        try (BenchFolder folder = BenchFolder.make()) {
            double rate = ingest(folder, times);
            full(folder, folder.path().resolve("full.db"), messages, times, rate);
            new Nodes(folder.path(), 30_000).run(figures);
        }
        figures.printJson();
        return 0;
    }

    static DatabaseSettings sqlite(Path file) {
        return new DatabaseSettings("jdbc:sqlite:" + file, null, null);
    }
}
