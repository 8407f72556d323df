package dev.sendstatus.bench;

import dev.sendstatus.bench.Bursts.Burst;
import dev.sendstatus.text.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How much those who wait for changes, the dashboard and the look for alerts take from the callbacks. */
@Command(
        name = "watched",
        description =
                "Callbacks at a steady rate alone, while 1,000 programs wait for changes, while twenty people look at the"
                        + " dashboard, and during a look for alerts, in interleaved rounds; then bursts with and without those who wait.",
        mixinStandardHelpOptions = true)
final class Watched implements Callable<Integer> {
    private static final int CONNECTIONS = 256;
    private static final int WARM_UP_SECONDS = 5;
    private static final int MOST_BURST_SECONDS = 5;
    private static final String ALONE = "alone";
    private static final String WAITERS = "1,000 wait, for nothing that comes";
    private static final String SESSIONS = "20 at the dashboard";
    private static final String ALERTS = "a look for alerts";

    private final Figures figures = new Figures();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Made by fill; without it the database is empty. Adds messages.")
    private @Nullable Path file;

    @Option(names = "--seconds", description = "How long a round is.", defaultValue = "20")
    private int seconds;

    @Option(names = "--rounds", description = "How many rounds are counted.", defaultValue = "3")
    private int rounds;

    @Option(names = "--rate", description = "Callbacks a second.", defaultValue = "5000")
    private int rate;

    /** @param micros of the server's processor time, a callback @param applied how many callbacks, at the end of all */
    private record Round(PacedLoad.Result load, double micros, int threads, long applied) {}

    @Override
    public Integer call() throws Exception {
        try (BenchFolder folder = BenchFolder.make()) {
            Path path = file == null ? folder.path().resolve("empty.db") : file.toRealPath();
            long begun = System.currentTimeMillis();
            try (ServerProcess server = new ServerProcess(folder.path(), Bench.sqlite(path))) {
                AlertsJob alerts = new AlertsJob(server, begun);
                steady(folder, server, alerts);
                bursts(folder, server);
            }
        }
        figures.printJson();
        return 0;
    }

    private void steady(BenchFolder folder, ServerProcess server, AlertsJob alerts) throws Exception {
        DashboardViewers viewers = new DashboardViewers(server);
        Map<String, Onlookers> all = new LinkedHashMap<>();
        all.put(ALONE, Onlookers.NONE);
        all.put(WAITERS, WaitingPrograms.forNothing(server));
        WaitingPrograms answered = WaitingPrograms.someForAreas(server);
        all.put("1,000 wait, 100 for one change in 800", answered);
        all.put(SESSIONS, viewers);
        all.put(ALERTS, alerts);
        Map<String, List<Round>> results = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Onlookers> one : all.entrySet()) {
                // The first warms up.
                Round result = round(
                        folder, server, one.getValue(), round == 0 ? Math.min(seconds, WARM_UP_SECONDS) : seconds);
                System.err.printf(
                        "%s  %-40s p50 %.2f ms, p99 %.2f ms, %.1f us a callback%n",
                        round == 0 ? "warm-up" : "round " + round,
                        one.getKey(),
                        result.load.millis(50),
                        result.load.millis(99),
                        result.micros);
                if (round > 0) {
                    results.computeIfAbsent(one.getKey(), key -> new ArrayList<>())
                            .add(result);
                }
            }
        }
        print(results);
        System.out.printf("Those 100 got %,d answers, and %,d times 503.%n", answered.answered(), answered.refused());
        System.out.printf(
                "The dashboard's %,d pages and parts took p50 %.1f ms, p99 %.1f ms.%n",
                viewers.micros().getTotalCount(),
                viewers.micros().getValueAtPercentile(50) / 1e3,
                viewers.micros().getValueAtPercentile(99) / 1e3);
        figures.put("alone_p99_ms", p99(results, ALONE), 2);
        figures.put("waiters_p99_ms", p99(results, WAITERS), 2);
        figures.put("sessions_p99_ms", p99(results, SESSIONS), 2);
        figures.put("alerts_p99_ms", p99(results, ALERTS), 2);
        figures.put("pages_p99_ms", viewers.micros().getValueAtPercentile(99) / 1e3, 1);
    }

    private Round round(BenchFolder folder, ServerProcess server, Onlookers onlookers, int roundSeconds)
            throws Exception {
        Demo twilio = Demo.twilio();
        Path requests = RequestFiles.write(folder.requests(), twilio, twilio.path(), 1, rate * roundSeconds + 1);
        try (Inbox inbox = new Inbox(server.database())) {
            long events = inbox.events();
            PacedLoad.Result load;
            double before;
            int threads;
            try (AutoCloseable watching = onlookers.begin()) {
                before = server.processorMicros();
                load = PacedLoad.run(
                        server.port(), CONNECTIONS, RequestFiles.file(requests, 0), rate, roundSeconds, () -> false);
                threads = server.threads();
                inbox.awaitEmpty();
            }
            double micros = (server.processorMicros() - before) / (rate * roundSeconds);
            return new Round(load, micros, threads, inbox.events() - events);
        }
    }

    private void print(Map<String, List<Round>> results) {
        Table table = Table.figures(
                "beside",
                "p50 ms",
                "p99 ms of each round",
                "p99 ms",
                "of alone",
                "us a callback",
                "of alone",
                "threads",
                "not 200",
                "applied");
        List<Round> alone = results.getOrDefault(ALONE, List.of());
        results.forEach((name, all) -> table.row(
                name,
                Figures.hundredths(Figures.median(all, round -> round.load.millis(50))),
                String.join(
                        " ",
                        all.stream()
                                .map(round -> Figures.hundredths(round.load.millis(99)))
                                .toList()),
                Figures.hundredths(p99(results, name)),
                Figures.hundredths(p99(results, name) / p99(results, ALONE)),
                Figures.hundredths(Figures.median(all, Round::micros)),
                Figures.hundredths(Figures.median(all, Round::micros) / Figures.median(alone, Round::micros)),
                all.stream().mapToInt(Round::threads).max().orElse(0),
                all.stream().mapToLong(round -> round.load.refused()).sum(),
                all.stream().mapToLong(Round::applied).sum()));
        Figures.print("%,d callbacks/s for %d s; medians of %d rounds".formatted(rate, seconds, rounds), table);
    }

    private static double p99(Map<String, List<Round>> results, String name) {
        return Figures.median(results.getOrDefault(name, List.of()), round -> round.load.millis(99));
    }

    private void bursts(BenchFolder folder, ServerProcess server) throws Exception {
        Bursts bursts = new Bursts(folder, Math.min(seconds, MOST_BURST_SECONDS), CONNECTIONS);
        bursts.add(ALONE, server, Demo.twilio(), Onlookers.NONE);
        bursts.add(WAITERS, server, Demo.twilio(), WaitingPrograms.forNothing(server));
        Map<String, List<Burst>> results = bursts.run(1, rounds);
        Bursts.print("Bursts of %d s".formatted(Math.min(seconds, MOST_BURST_SECONDS)), "bursts-watched", results);
        figures.put("waiters_accept_ratio", accepted(results, WAITERS) / accepted(results, ALONE), 3);
    }

    private static double accepted(Map<String, List<Burst>> results, String name) {
        return Figures.median(results.getOrDefault(name, List.of()), Burst::acceptedPerSecond);
    }
}
