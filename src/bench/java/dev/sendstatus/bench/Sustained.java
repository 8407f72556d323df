package dev.sendstatus.bench;

import dev.sendstatus.app.Database;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Table;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The highest rate of Twilio's callbacks at which nothing waits longer than a second to be applied, and how long callbacks and questions by id
 * take at half of it.
 */
final class Sustained {
    /** More than are under way at once at any rate that the server keeps up with. */
    private static final int CONNECTIONS = 256;

    private static final long MOST_LAG_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 3_600_000;
    private static final long LOOK_MILLIS = 20;
    private static final double PRECISION = 1.1;
    private static final double FAR = 1.4;
    private static final double LEAST = 100;
    private static final long ASKING_PAUSE_NANOS = 5_000_000;
    private static final int AT_REST = 300;
    private static final long REST_NANOS = 10_000_000;

    private final BenchFolder folder;
    private final ServerProcess server;
    private final Demo twilio = Demo.twilio();
    private final Map<Double, Run> runs = new TreeMap<>();

    Sustained(BenchFolder folder, ServerProcess server) {
        this.folder = folder;
        this.server = server;
    }

    /** @param lag how long the oldest waited to be applied, in milliseconds, looked at again and again @param course each of those looks @param seconds it took */
    private record Run(PacedLoad.Result load, Histogram lag, List<Lag> course, int seconds) {
        boolean holds() {
            return load.refused() == 0 && lag.getMaxValue() < MOST_LAG_MILLIS;
        }
    }

    /**
     * Finds the rate to within a tenth, and then holds it.
     *
     * @param near where it may be
     * @param stepSeconds how long each try is
     * @param seconds how long the rate has to hold
     */
    double rate(double near, int stepSeconds, int seconds) throws Exception {
        double holding = 0;
        double tooMuch = 0;
        double rate = Math.max(near, LEAST);
        while (holding == 0 && rate >= LEAST || tooMuch == 0 || holding > 0 && tooMuch / holding > PRECISION) {
            if (run(rate, stepSeconds).holds()) {
                holding = rate;
            } else {
                tooMuch = rate;
            }
            rate = tooMuch == 0 ? holding * FAR : holding == 0 ? tooMuch / FAR : Math.sqrt(holding * tooMuch);
        }
        while (seconds > stepSeconds
                && holding >= LEAST
                && !run(holding, seconds).holds()) {
            holding /= PRECISION;
        }
        return holding;
    }

    /** Ends early where the lag is too long. */
    private Run run(double rate, int seconds) throws Exception {
        Path requests = requests((int) (rate * seconds) + 1);
        AtomicLong worst = new AtomicLong();
        Looks<Lag> looks = lag(worst);
        PacedLoad.Result load = PacedLoad.run(
                server.port(), CONNECTIONS, requests, rate, seconds, () -> worst.get() >= MOST_LAG_MILLIS);
        List<Lag> course = looks.stop();
        Run run = new Run(load, millis(course), course, (int) Math.round(load.seconds()));
        runs.put(rate, run);
        System.err.printf("%,.0f/s %s%n", rate, run.holds() ? "holds" : "is too much");
        try (Inbox inbox = new Inbox(server.database())) {
            inbox.awaitEmpty();
        }
        return run;
    }

    /** What a look at the inbox saw. */
    private record Lag(double seconds, long millis) {}

    /** @param worst receives the longest so far */
    private Looks<Lag> lag(AtomicLong worst) {
        return new Looks<>(server.database(), LOOK_MILLIS, (inbox, seconds) -> {
            Lag lag = new Lag(seconds, inbox.lagMillis());
            worst.accumulateAndGet(lag.millis, Math::max);
            return lag;
        });
    }

    private static Histogram millis(List<Lag> course) {
        Histogram millis = new Histogram(LONGEST_MILLIS, 3);
        course.forEach(lag -> millis.recordValue(Math.min(LONGEST_MILLIS, lag.millis)));
        return millis;
    }

    private Path requests(int count) {
        return RequestFiles.file(RequestFiles.write(folder.requests(), twilio, twilio.path(), 1, count), 0);
    }

    /** @param plot the name of the picture's file */
    void print(String heading, String plot) throws IOException {
        Table table = Table.figures(
                "rate/s", "s", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "not 200", "lag p99 ms", "lag max ms");
        runs.forEach((rate, run) -> table.row(
                Figures.whole(rate),
                run.seconds,
                Figures.hundredths(run.load.millis(50)),
                Figures.hundredths(run.load.millis(99)),
                Figures.hundredths(run.load.millis(99.9)),
                Figures.hundredths(run.load.millis(100)),
                run.load.refused(),
                run.lag.getValueAtPercentile(99),
                run.lag.getMaxValue()));
        Figures.print(heading, table);
        XYSeriesCollection lines = new XYSeriesCollection();
        runs.forEach((rate, run) ->
                lines.addSeries(Plots.line(Figures.whole(rate) + "/s", run.course, Lag::seconds, Lag::millis)));
        Plots.save(plot, heading, "seconds", "lag, ms", lines);
    }

    /**
     * At a rate at which all is applied soon.
     *
     * @param byId questions by id over HTTP, which wait until they see what was acknowledged before them, in microseconds
     * @param question the same questions to the database itself
     * @param lag as of a run
     */
    record Beside(PacedLoad.Result load, Histogram byId, Histogram question, Histogram lag) {}

    Beside beside(double rate, int seconds, List<String> ids) throws Exception {
        Path requests = requests((int) (rate * seconds) + 1);
        Histogram byId = new Histogram(3);
        Histogram question = new Histogram(3);
        AtomicBoolean done = new AtomicBoolean();
        Thread asking = new Thread(() -> ask(ids, byId, question, done), "asking");
        Looks<Lag> looks = lag(new AtomicLong());
        asking.start();
        PacedLoad.Result load = PacedLoad.run(server.port(), CONNECTIONS, requests, rate, seconds, () -> false);
        done.set(true);
        asking.join();
        return new Beside(load, byId, question, millis(looks.stop()));
    }

    private void ask(List<String> ids, Histogram byId, Histogram question, AtomicBoolean done) {
        try (Client connection = new Client(server.port());
                Reads reads = Reads.open(Database.of(server.database()).dialect())) {
            for (int i = 0; !done.get(); i++) {
                String id = ids.get(i % ids.size());
                connection.timed(Client.question("/v1/messages/" + id), byId);
                LockSupport.parkNanos(ASKING_PAUSE_NANOS);
                long begun = System.nanoTime();
                if (reads.messages(id).isEmpty()) {
                    throw new IllegalStateException("message " + id + " is not there");
                }
                question.recordValue((System.nanoTime() - begun) / 1_000);
                LockSupport.parkNanos(ASKING_PAUSE_NANOS);
            }
        } catch (Exception e) {
            throw new IllegalStateException("a question by id failed", e);
        }
    }

    /** Callbacks that come alone. @param answered until the 200 @param applied from then until the state is there; in microseconds */
    record AtRest(Histogram answered, Histogram applied) {}

    AtRest atRest() throws IOException, SQLException {
        Histogram answered = new Histogram(3);
        Histogram applied = new Histogram(3);
        try (Client connection = new Client(server.port());
                Inbox inbox = new Inbox(server.database());
                DataInputStream in =
                        new DataInputStream(new BufferedInputStream(Files.newInputStream(requests(AT_REST))))) {
            for (int i = 0; i < AT_REST; i++) {
                connection.timed(RequestFiles.read(in), answered);
                long begun = System.nanoTime();
                while (!inbox.isEmpty()) {
                    LockSupport.parkNanos(100_000);
                }
                applied.recordValue((System.nanoTime() - begun) / 1_000);
                LockSupport.parkNanos(REST_NANOS);
            }
        }
        return new AtRest(answered, applied);
    }
}
