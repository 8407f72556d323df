package dev.sendstatus.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.cli.Cli;
import dev.sendstatus.cli.CliContext;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The import of a file of sends into an empty database, and once more where all is there already: sends a second, and the most
 * memory that the heap took. Prints a table and, last, a line of JSON. Fails if a send is missing.
 */
public final class ImportBench {
    private static final long DEFAULT_SENDS = 1_000_000;

    private final Path folder;
    private final long sends;

    private ImportBench(Path folder, long sends) {
        this.folder = folder;
        this.sends = sends;
    }

    public static void main(String[] arguments) throws IOException {
        long sends = DEFAULT_SENDS;
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].equals("--sends")) {
                sends = Long.parseLong(arguments[i + 1]);
            }
        }
        int status;
        try (BenchFolder folder = BenchFolder.make()) {
            status = new ImportBench(folder.path(), sends).run();
        }
        System.exit(status);
    }

    private int run() throws IOException {
        writeFile();
        System.err.printf(Locale.ROOT, "A file of %,d sends, %,d bytes.%n", sends, Files.size(file()));
        Measured first = importFile("\"registered\" : " + sends);
        Measured again = importFile("\"unchanged\" : " + sends);
        System.out.println("                  sends/s   heap at most, MB");
        System.out.printf(Locale.ROOT, "registered    %,11.0f   %16d%n", first.rate, first.heapMegabytes);
        System.out.printf(Locale.ROOT, "unchanged     %,11.0f   %16d%n", again.rate, again.heapMegabytes);
        System.out.println(JsonNodeFactory.instance
                .objectNode()
                .put("benchmark", "import")
                .put("sends", sends)
                .put("registered_per_second", Math.round(first.rate))
                .put("unchanged_per_second", Math.round(again.rate))
                .put("heap_peak_mb", Math.max(first.heapMegabytes, again.heapMegabytes))
                .put("heap_limit_mb", Runtime.getRuntime().maxMemory() >> 20));
        return first.complete && again.complete ? 0 : 1;
    }

    private record Measured(double rate, long heapMegabytes, boolean complete) {}

    private Path file() {
        return folder.resolve("sends.csv");
    }

    private void writeFile() throws IOException {
        Instant sent = Instant.parse("2026-11-25T12:00:00Z");
        try (BufferedWriter out = Files.newBufferedWriter(file())) {
            out.write("provider,id,to,from,sent_at,reference,campaign,tags,link_domains,segments\n");
            for (long i = 0; i < sends; i++) {
                out.write(String.format(
                        Locale.ROOT,
                        "bandwidth,%s,+1202%07d,+12025550100,%s,order-%d,campaign-%d,vote;wave-%d,example.com,1%n",
                        new UUID(i * 0x9E3779B97F4A7C15L, ~i),
                        i % 10_000_000,
                        sent.plusMillis(i),
                        i,
                        i / 50_000,
                        i % 7));
            }
        }
    }

    /** As a user runs it, but for the process: this one's heap is what is measured. */
    private Measured importFile(String expected) {
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        StringWriter out = new StringWriter();
        long began = System.nanoTime();
        int code = Cli.run(
                new CliContext(
                        Adapters.all(),
                        Map.of("BANDWIDTH_CALLBACK_USERNAME", "bench", "BANDWIDTH_CALLBACK_PASSWORD", "bench-password"),
                        folder,
                        folder,
                        new PrintWriter(out),
                        new PrintWriter(System.err),
                        Clock.systemUTC(),
                        CliContext.Terminal.NONE),
                "import",
                file().toString(),
                "--json");
        double seconds = (System.nanoTime() - began) / 1e9;
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        boolean complete = code == 0 && out.toString().contains(expected);
        if (!complete) {
            System.err.println("Not all was imported, exit code " + code + ": " + out);
        }
        return new Measured(sends / seconds, peak >> 20, complete);
    }
}
