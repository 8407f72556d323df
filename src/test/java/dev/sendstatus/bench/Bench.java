package dev.sendstatus.bench;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.sqlite.SqliteDialect;
import dev.sendstatus.store.jdbc.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the server on this machine; run by {@code scripts/bench}. */
@Command(
        name = "scripts/bench",
        description = "Measures Sendstatus on this machine. The last line is JSON.",
        mixinStandardHelpOptions = true)
public final class Bench {
    private static final List<String> PROVIDERS = List.of("twilio", "telnyx", "bandwidth");

    private static final int INGEST_SECONDS = Integer.getInteger("sendstatus.bench.seconds", 5);
    private static final int INGEST_ROUNDS = Integer.getInteger("sendstatus.bench.rounds", 3);

    private static final int WARM_UP_SECONDS = 8;
    private static final int QUICK_WARM_UP_SECONDS = 3;
    /** One message in so many that are filled in is never reported on again. */
    private static final long STUCK_OF = 1_000;

    private static final int SAMPLES_AN_HOUR = 20;

    private Bench() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Command(
            description =
                    "Durable ingest of each provider, with real signatures, against the same server doing nothing,"
                            + " in interleaved rounds of one process.",
            mixinStandardHelpOptions = true)
    int ingest(
            @Option(names = "--quick", description = "Fewer and shorter rounds: under two minutes.") boolean quick,
            @Option(names = "--rounds", description = "How many rounds are counted.", defaultValue = "0") int rounds,
            @Option(names = "--seconds", description = "How long a round is.", defaultValue = "0") int seconds,
            @Option(
                            names = "--only",
                            description = "Measure only these: noop, 'bare noop', twilio, telnyx, bandwidth.",
                            split = ",")
                    List<String> only,
            @Option(
                            names = "--connections",
                            description = "How many send at once.",
                            defaultValue = "" + IngestRounds.CONNECTIONS)
                    int connections)
            throws Exception {
        Figures figures = new Figures();
        boolean complete;
        try (BenchFolder folder = BenchFolder.make();
                BenchServer server = new BenchServer(folder.path().resolve("bench.db"), Demo.all())) {
            IngestRounds ingest = new IngestRounds(
                    server,
                    folder.path(),
                    figures,
                    seconds > 0 ? seconds : quick ? 3 : 8,
                    quick ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS,
                    connections);
            Map<String, List<Wrk.Result>> results =
                    ingest.run(Demo.all(), rounds > 0 ? rounds : quick ? 2 : 5, only == null ? List.of() : only);
            figures.printRounds(results);
            complete = report(ingest, results, figures);
        }
        figures.printJson();
        return complete ? 0 : 1;
    }

    @Command(
            description =
                    "Everything: ingest, and on a database of 10 million messages its speed, size, latency, queries, sweep,"
                            + " start and memory. Draws plots into docs/.",
            mixinStandardHelpOptions = true)
    int all(
            @Option(names = "--messages", description = "How many to store.", defaultValue = "10000000") long messages,
            @Option(names = "--soak-seconds", description = "How long to watch the memory.", defaultValue = "60")
                    int soakSeconds)
            throws Exception {
        Figures figures = new Figures();
        boolean complete;
        try (BenchFolder folder = BenchFolder.make()) {
            try (BenchServer server = new BenchServer(folder.path().resolve("bench.db"), Demo.all())) {
                IngestRounds ingest = new IngestRounds(
                        server, folder.path(), figures, INGEST_SECONDS, WARM_UP_SECONDS, IngestRounds.CONNECTIONS);
                Map<String, List<Wrk.Result>> results = ingest.run(Demo.all(), INGEST_ROUNDS, List.of());
                figures.printRounds(results);
                complete = report(ingest, results, figures);
            }
            new FullRun(folder.path(), folder.path().resolve("full.db"), Path.of("docs"), figures)
                    .run(messages, soakSeconds);
        }
        figures.printJson();
        return complete ? 0 : 1;
    }

    @Command(
            description =
                    "What all measures on a full database, on one that fill has made, with the plots. Adds messages.",
            mixinStandardHelpOptions = true)
    int full(
            @Parameters(paramLabel = "FILE") Path database,
            @Option(names = "--soak-seconds", description = "How long to watch the memory.", defaultValue = "60")
                    int soakSeconds)
            throws Exception {
        Figures figures = new Figures();
        try (BenchFolder folder = BenchFolder.make()) {
            new FullRun(folder.path(), database.toAbsolutePath(), Path.of("docs"), figures)
                    .measure(samples(database), soakSeconds);
        }
        figures.printJson();
        return 0;
    }

    /** A few messages of each hour of the week that fill makes. */
    private static List<MessageKey> samples(Path database) throws StoreException {
        List<MessageKey> samples = new ArrayList<>();
        try (Reads reads = Reads.open(new SqliteDialect(BenchServer.file(database)))) {
            Instant now = Instant.now();
            for (Instant at = now.minus(Duration.ofDays(7)); at.isBefore(now); at = at.plus(Duration.ofHours(1))) {
                MessageFilter hour = new MessageFilter.Builder()
                        .between(at, at.plus(Duration.ofHours(1)))
                        .build();
                reads.page(hour, null, SAMPLES_AN_HOUR).messages().stream()
                        .map(message -> message.state().message())
                        .forEach(samples::add);
            }
        }
        return samples;
    }

    @Command(
            description = "A database of realistic messages of all providers, through the real writer.",
            mixinStandardHelpOptions = true)
    int fill(
            @Parameters(paramLabel = "FILE", description = "Made here; what is in it already stays.") Path database,
            @Option(names = "--messages", description = "How many to store.", defaultValue = "1000000") long messages)
            throws Exception {
        Filler.Filled filled;
        try (Store store = Store.open(new SqliteDialect(BenchServer.file(database)))) {
            // Another seed each time, so that filling a file again adds messages.
            filled = new Filler(store, Demo.all(), messages, (int) (messages / STUCK_OF), System.nanoTime())
                    .fill(Instant.now());
        }
        System.out.printf(
                "%,d events in %,d s%n", filled.events(), filled.time().toSeconds());
        return 0;
    }

    private static boolean report(IngestRounds ingest, Map<String, List<Wrk.Result>> results, Figures figures) {
        System.out.printf(
                "%n%,d callbacks were answered 200, %,d are stored with the right state.%n",
                ingest.answered(), ingest.stored());
        double noop = Figures.median(results.getOrDefault(IngestRounds.NOOP, List.of()), Wrk.Result::perSecond);
        figures.put("noop_rps", noop, 0);
        for (String provider : PROVIDERS) {
            List<Wrk.Result> some = results.getOrDefault(provider, List.of());
            figures.put(provider + "_rps", Figures.median(some, Wrk.Result::perSecond), 0);
        }
        for (String provider : PROVIDERS) {
            List<Wrk.Result> some = results.getOrDefault(provider, List.of());
            double ratio = Figures.median(some, Wrk.Result::perSecond) / noop;
            figures.put(provider + "_ratio", noop > 0 ? ratio : 0, 3);
        }
        figures.put("p99_ms", Figures.median(results.getOrDefault("twilio", List.of()), Wrk.Result::p99Millis), 2);
        return ingest.stored() >= ingest.answered();
    }
}
