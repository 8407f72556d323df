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
            for (int i = 0; i < tries; i++) {
                CompletableFuture<Long> answeredAt = CompletableFuture.supplyAsync(() -> answeredAt(waiting));
                TimeUnit.MILLISECONDS.sleep(LEAST_PAUSE_MILLIS + random.nextInt(PAUSES_MILLIS));
                expect200(writing.ask(RequestFiles.read(in)));
                long acknowledged = System.nanoTime();
                micros.recordValue(Math.max(0, answeredAt.get() - acknowledged) / 1_000);
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

    private static long answeredAt(Client waiting) {
        try {
            expect200(waiting.ask(Client.question("/v1/changes?after=now&wait=60s")));
            return System.nanoTime();
        } catch (IOException e) {
            throw new IllegalStateException("who waits got no answer", e);
        }
    }

    private static void expect200(int status) {
        if (status != 200) {
            throw new IllegalStateException("what should be answered 200 is answered " + status);
        }
    }
}
