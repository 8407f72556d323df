package dev.sendstatus.bench;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.text.Table;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long after the 200 a change comes to a program that waits for it. */
@Command(
        name = "wake",
        description =
                "From the 200 to the answer of a GET /v1/changes that waits: on one node, and from one node to another on a"
                        + " PostgreSQL of their own.",
        mixinStandardHelpOptions = true)
final class Wake implements Callable<Integer> {
    /** By then the question waits. */
    private static final int LEAST_PAUSE_MILLIS = 50;
    /** Twice the time after which a node looks by itself. */
    private static final int PAUSES_MILLIS = 500;

    private final Figures figures = new Figures();
    private final Table table = Table.figures("from the 200 to the answer", "tries", "p50 ms", "p99 ms", "max ms");
    private final Random random = new Random();

    @Option(names = "--tries", description = "How many callbacks are sent, at random moments.", defaultValue = "200")
    private int tries;

    @Override
    public Integer call() throws Exception {
        try (BenchFolder folder = BenchFolder.make()) {
            DatabaseSettings sqlite = Bench.sqlite(folder.path().resolve("wake.db"));
            try (ServerProcess server = new ServerProcess(folder.path(), sqlite)) {
                measure("one node, SQLite", "wake", folder, server, server);
            }
            try (EmbeddedPostgres postgres = Nodes.postgres(folder.path())) {
                DatabaseSettings database = Nodes.database(postgres, "wake");
                try (ServerProcess written = new ServerProcess(folder.path(), database);
                        ServerProcess asked = new ServerProcess(folder.path(), database)) {
                    measure("one node, PostgreSQL", "wake_postgresql", folder, written, written);
                    measure("two nodes, PostgreSQL", "wake_two_nodes", folder, written, asked);
                }
            }
        }
        Figures.print("A change reaches a program that waits", table);
        figures.printJson();
        return 0;
    }

    private void measure(String name, String figure, BenchFolder folder, ServerProcess written, ServerProcess asked)
            throws Exception {
        Demo twilio = Demo.twilio();
        Path requests = RequestFiles.write(folder.requests(), twilio, twilio.path(), 1, tries);
        Histogram micros = new Histogram(3);
        try (Client writing = new Client(written.port());
                Client waiting = new Client(asked.port());
                DataInputStream in = new DataInputStream(
                        new BufferedInputStream(Files.newInputStream(RequestFiles.file(requests, 0))))) {
            String after = next(waiting.text(Client.question("/v1/changes?after=now")));
            for (int i = 0; i < tries; i++) {
                byte[] question = Client.question("/v1/changes?wait=60s&after=" + after);
                CompletableFuture<Answer> answered = CompletableFuture.supplyAsync(() -> ask(waiting, question));
                TimeUnit.MILLISECONDS.sleep(LEAST_PAUSE_MILLIS + random.nextInt(PAUSES_MILLIS));
                writing.text(RequestFiles.read(in));
                long acknowledged = System.nanoTime();
                Answer answer = answered.get();
                micros.recordValue(Math.max(0, answer.atNanos - acknowledged) / 1_000);
                after = next(answer.text);
            }
        }
        table.row(
                name,
                tries,
                Figures.hundredths(micros.getValueAtPercentile(50) / 1e3),
                Figures.hundredths(micros.getValueAtPercentile(99) / 1e3),
                Figures.hundredths(micros.getMaxValue() / 1e3));
        figures.put(figure + "_p50_ms", micros.getValueAtPercentile(50) / 1e3, 2);
        figures.put(figure + "_p99_ms", micros.getValueAtPercentile(99) / 1e3, 2);
        figures.put(figure + "_max_ms", micros.getMaxValue() / 1e3, 2);
    }

    /** An answer, and when it came. */
    private record Answer(String text, long atNanos) {}

    private static Answer ask(Client waiting, byte[] question) {
        try {
            return new Answer(waiting.text(question), System.nanoTime());
        } catch (IOException e) {
            throw new IllegalStateException("who waits got no answer", e);
        }
    }

    private static String next(String answer) {
        Matcher next = WaitingPrograms.NEXT.matcher(answer);
        if (!next.find()) {
            throw new IllegalStateException("no answer of the feed: " + answer);
        }
        return next.group(1);
    }
}
