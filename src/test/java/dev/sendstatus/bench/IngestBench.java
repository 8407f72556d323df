package dev.sendstatus.bench;

import dev.sendstatus.api.Api;
import dev.sendstatus.api.BenchmarkApi;
import dev.sendstatus.api.CallbackCounts;
import dev.sendstatus.api.HttpServer;
import dev.sendstatus.api.HttpSettings;
import dev.sendstatus.api.Refusals;
import dev.sendstatus.api.Tokens;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.ingest.GroupCommit;
import dev.sendstatus.ingest.IngestQueue;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.InvalidAccount;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.report.ReportSettings;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.sqlite.SqliteFile;
import dev.sendstatus.store.sqlite.SqliteReads;
import dev.sendstatus.store.sqlite.SqliteStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Durable callbacks a second of each provider, against the same server doing nothing, interleaved in one run on one process;
 * prints a table and, last, a line of JSON. Fails if a callback that was answered 200 is not in the database.
 */
public final class IngestBench {
    private static final String PUBLIC_URL = "https://status.example.com";
    private static final int LOAD_THREADS = 2;

    private final boolean quick;
    private final Path folder;

    private IngestBench(boolean quick, Path folder) {
        this.quick = quick;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        boolean quick = List.of(arguments).contains("--quick");
        Path folder = Files.createTempDirectory(
                Path.of(System.getProperty("sendstatus.bench.folder", System.getProperty("java.io.tmpdir"))),
                "sendstatus-bench");
        int status;
        try {
            status = new IngestBench(quick, folder).run();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        System.exit(status);
    }

    private record Demo<K>(ProviderAdapter<K> adapter, Map<String, String> settings) {
        static <K> Demo<K> of(ProviderAdapter<K> adapter) {
            return new Demo<>(adapter, adapter.simulator().demoSettings(new Random(7)));
        }

        String word() {
            return adapter.provider().word();
        }

        ConfiguredProvider<K> configured() throws InvalidAccount {
            return new ConfiguredProvider<>(
                    adapter,
                    List.of(new Account<>(new AccountName(adapter.provider(), "bench"), true, adapter.keys(settings))),
                    "");
        }
    }

    private int run() throws Exception {
        int connections = 64;
        int seconds = quick ? 3 : 10;
        int rounds = quick ? 2 : 5;
        List<Demo<?>> demos = new ArrayList<>();
        List<ConfiguredProvider<?>> providers = new ArrayList<>();
        for (ProviderAdapter<?> adapter : Adapters.all()) {
            Demo<?> demo = Demo.of(adapter);
            demos.add(demo);
            providers.add(demo.configured());
        }
        SqliteFile file = SqliteFile.of(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("bench.db"), null, null));
        IngestSettings ingest = new IngestSettings(8_192, Duration.ofMillis(1_800));
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (SqliteStore store = SqliteStore.open(file);
                SqliteReads reads = SqliteReads.open(file)) {
            IngestQueue queue = new IngestQueue(ingest);
            StuckLimits limits = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));
            Api api = new Api(
                    new HttpSettings("127.0.0.1", 0, URI.create(PUBLIC_URL), 1 << 20),
                    new Tokens("bench"),
                    providers,
                    queue,
                    ingest.answerWithin(),
                    store,
                    reads,
                    new MessageDocument(SendStatus.SENT),
                    limits,
                    new StuckReports(reads, limits, new ReportSettings(LocalTime.of(6, 0), ZoneOffset.UTC)),
                    meters,
                    InstantSource.system(),
                    new Refusals(meters, InstantSource.system()),
                    new CallbackCounts(providers, List.of(), meters, InstantSource.system()));
            try (GroupCommit commit = new GroupCommit(queue, store, ingest, System::nanoTime, meters).start();
                    HttpServer server = BenchmarkApi.server(api).start()) {
                return measure(server.port(), demos, connections, seconds, rounds, file);
            }
        }
    }

    private int measure(int port, List<Demo<?>> demos, int connections, int seconds, int rounds, SqliteFile file)
            throws IOException, InterruptedException, SQLException {
        Wrk wrk = new Wrk(folder);
        Map<String, List<Wrk.Result>> results = new LinkedHashMap<>();
        results.put("noop", new ArrayList<>());
        results.put("bare noop", new ArrayList<>());
        Map<String, Double> bodies = new LinkedHashMap<>();
        long acknowledged = 0;
        // Round 0 warms up and is not counted; what it stored is.
        for (int round = 0; round <= rounds; round++) {
            Path requests = folder.resolve("requests");
            for (Demo<?> demo : demos) {
                String path = "/webhooks/" + demo.word();
                int perThread = (demo.word().equals("telnyx") ? 5_000 : 14_000) * seconds;
                for (int thread = 0; thread < LOAD_THREADS; thread++) {
                    Path part = Path.of(requests + "." + thread);
                    bodies.put(
                            demo.word(),
                            RequestFile.write(
                                    part,
                                    demo.adapter().simulator(),
                                    demo.settings(),
                                    PUBLIC_URL,
                                    path,
                                    perThread,
                                    new Random(round * 1_000L
                                            + thread * 100L
                                            + demo.word().hashCode())));
                }
                if (demo == demos.get(0)) {
                    add(
                            results,
                            "noop",
                            round,
                            wrk.run(port, LOAD_THREADS, connections, seconds, requests, BenchmarkApi.NOOP_ROUTE));
                    add(
                            results,
                            "bare noop",
                            round,
                            wrk.run(port, LOAD_THREADS, connections, seconds, requests, BenchmarkApi.NOOP_IN_FRONT));
                }
                Wrk.Result result = wrk.run(port, LOAD_THREADS, connections, seconds, requests, "");
                acknowledged += result.requests() - result.refused();
                add(results, demo.word(), round, result);
            }
        }
        print(results, bodies, connections, rounds, seconds);
        long stored = stored(file);
        System.out.printf(Locale.ROOT, "%,d callbacks were answered 200, %,d are stored.%n", acknowledged, stored);
        printJson(results);
        return stored >= acknowledged && results.values().stream().noneMatch(List::isEmpty) ? 0 : 1;
    }

    private static void add(Map<String, List<Wrk.Result>> results, String name, int round, Wrk.Result result) {
        List<Wrk.Result> some = results.computeIfAbsent(name, key -> new ArrayList<>());
        if (round > 0) {
            some.add(result);
        }
        System.err.printf(
                Locale.ROOT,
                "%s %-12s %,9.0f/s%n",
                round == 0 ? "warm-up" : "round " + round,
                name,
                result.perSecond());
    }

    private static long stored(SqliteFile file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.path());
                Statement statement = connection.createStatement();
                // Each of these callbacks carries one event, so it has one sequence number.
                ResultSet row = statement.executeQuery("SELECT sum(next_sequence - first_sequence) FROM segment")) {
            return row.getLong(1);
        }
    }

    private static double median(List<Wrk.Result> results, java.util.function.ToDoubleFunction<Wrk.Result> figure) {
        double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static void print(
            Map<String, List<Wrk.Result>> results,
            Map<String, Double> bodies,
            int connections,
            int rounds,
            int seconds) {
        System.out.printf(
                Locale.ROOT,
                "%nMedians of %d interleaved rounds of %d s, %d connections, load generator on the same %d cores%n%n",
                rounds,
                seconds,
                connections,
                Runtime.getRuntime().availableProcessors());
        System.out.printf(
                "%-12s %11s %8s %8s %8s %8s %9s %8s %7s%n",
                "", "requests/s", "of noop", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms", "not 200");
        double noop = median(results.getOrDefault("noop", List.of()), Wrk.Result::perSecond);
        results.forEach((name, some) -> System.out.printf(
                Locale.ROOT,
                "%-12s %,11.0f %8.2f %8.2f %8.2f %8.2f %9.2f %8.1f %7d%n",
                name,
                median(some, Wrk.Result::perSecond),
                median(some, Wrk.Result::perSecond) / noop,
                median(some, Wrk.Result::p50Millis),
                median(some, Wrk.Result::p90Millis),
                median(some, Wrk.Result::p99Millis),
                median(some, Wrk.Result::p999Millis),
                median(some, Wrk.Result::maxMillis),
                some.stream().mapToLong(Wrk.Result::refused).sum()));
        System.out.println();
        System.out.println(
                "noop: a route of Javalin that reads the body. bare noop: a handler in front of Javalin that does.");
        bodies.forEach((name, bytes) -> System.out.printf(Locale.ROOT, "%s: %.0f bytes a body%n", name, bytes));
    }

    private static void printJson(Map<String, List<Wrk.Result>> results) {
        double noop = median(results.getOrDefault("noop", List.of()), Wrk.Result::perSecond);
        StringBuilder json = new StringBuilder(String.format(Locale.ROOT, "{\"noop_rps\":%.0f", noop));
        for (String name : List.of("twilio", "telnyx", "bandwidth")) {
            json.append(String.format(
                    Locale.ROOT,
                    ",\"%s_rps\":%.0f",
                    name,
                    median(results.getOrDefault(name, List.of()), Wrk.Result::perSecond)));
        }
        for (String name : List.of("twilio", "telnyx", "bandwidth")) {
            json.append(String.format(
                    Locale.ROOT,
                    ",\"%s_ratio\":%.3f",
                    name,
                    median(results.getOrDefault(name, List.of()), Wrk.Result::perSecond) / noop));
        }
        json.append(String.format(
                Locale.ROOT,
                ",\"p99_ms\":%.2f}",
                median(results.getOrDefault("twilio", List.of()), Wrk.Result::p99Millis)));
        System.out.println(json);
    }
}
