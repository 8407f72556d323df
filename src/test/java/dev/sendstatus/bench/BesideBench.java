package dev.sendstatus.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many callbacks the server takes while an export runs, against none, in interleaved rounds of one server; run by {@code
 * scripts/bench beside} on a database made by fill, to which it adds messages. Prints a table and, last, a line of JSON.
 */
public final class BesideBench {
    private static final int CONNECTIONS = 64;
    private static final int THREADS = 2;
    private static final int SECONDS = 6;
    private static final int ROUNDS = 3;
    private static final int MOST_A_SECOND = 18_000;

    private final Path folder;
    private final Path database;
    private final List<Demo<?>> demos = Demo.all();
    private final Demo<?> demo = Demo.twilio(demos);
    private final HttpClient client = HttpClient.newHttpClient();
    private long seed = 90_000;

    private BesideBench(Path folder, Path database) {
        this.folder = folder;
        this.database = database;
    }

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        try (BenchFolder folder = BenchFolder.make()) {
            new BesideBench(folder.path(), Path.of(arguments[0]).toAbsolutePath()).run();
        }
    }

    private void run() throws Exception {
        Figures figures = new Figures();
        List<Double> ratios = new ArrayList<>();
        List<Double> exported = new ArrayList<>();
        System.out.printf(
                "%-8s %14s %14s %8s %12s %12s %16s%n",
                "round", "callbacks/s", "beside export", "of it", "p99 ms", "p99 beside", "exported MB/s");
        try (ServerProcess server = new ServerProcess(folder, database, demos, "-Xmx256m")) {
            // The first round warms up.
            for (int round = 0; round <= ROUNDS; round++) {
                Wrk.Result alone = load(server.port());
                Wrk.Result beside;
                double megabytes;
                try (Export export = new Export(server.port())) {
                    beside = load(server.port());
                    megabytes = export.bytes() / 1e6 / SECONDS;
                }
                if (round > 0) {
                    double ratio = beside.perSecond() / alone.perSecond();
                    ratios.add(ratio);
                    exported.add(megabytes);
                    System.out.printf(
                            "%-8d %,14.0f %,14.0f %8.2f %12.1f %12.1f %16.1f%n",
                            round,
                            alone.perSecond(),
                            beside.perSecond(),
                            ratio,
                            alone.p99Millis(),
                            beside.p99Millis(),
                            megabytes);
                }
                if (beside.refused() + alone.refused() > 0) {
                    throw new IllegalStateException("callbacks were refused");
                }
            }
        }
        figures.put("beside_export_ratio", Figures.median(ratios), 3);
        figures.put("exported_megabytes_per_second", Figures.median(exported), 2);
        figures.printJson();
    }

    private Wrk.Result load(int port) throws IOException, InterruptedException {
        RequestFiles requests = RequestFiles.write(
                folder.resolve("requests"), demo, demo.path(), THREADS, MOST_A_SECOND * (SECONDS + 1), seed++);
        return new Wrk(folder).run(port, THREADS, CONNECTIONS, SECONDS, requests, false);
    }

    /** A client that reads an export, and begins another where one ends, until it is closed. */
    private final class Export implements AutoCloseable {
        private final AtomicLong bytes = new AtomicLong();
        private final Thread thread;
        private volatile boolean closed;

        Export(int port) {
            thread = new Thread(() -> read(port), "export");
            thread.start();
        }

        private void read(int port) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/export.csv"))
                    .header("Authorization", "Bearer " + ServerProcess.TOKEN)
                    .build();
            byte[] buffer = new byte[1 << 16];
            try {
                while (!closed) {
                    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException("the export is answered " + response.statusCode());
                    }
                    try (InputStream body = response.body()) {
                        for (int got = body.read(buffer); got >= 0 && !closed; got = body.read(buffer)) {
                            bytes.addAndGet(got);
                        }
                    }
                }
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        long bytes() {
            return bytes.get();
        }

        @Override
        public void close() throws InterruptedException {
            closed = true;
            thread.join();
        }
    }
}
