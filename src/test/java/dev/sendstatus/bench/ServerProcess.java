package dev.sendstatus.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code scripts/sendstatus serve} as a process of its own, on a database that is there already. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");
    private static final byte[] READY =
            "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

    static final String TOKEN = "bench-token";

    private final Process process;
    private final int port;
    private final double startMillis;

    ServerProcess(Path folder, Path database, List<Demo<?>> demos, String javaOptions) throws IOException {
        Path configuration = folder.resolve("bench.yaml");
        Files.writeString(configuration, configuration(database, demos));
        ProcessBuilder builder = new ProcessBuilder("scripts/sendstatus", "serve").redirectErrorStream(true);
        builder.environment().put("SENDSTATUS_CONFIG", configuration.toString());
        builder.environment().put("SENDSTATUS_JAVA_OPTIONS", javaOptions);
        long begun = System.nanoTime();
        process = builder.start();
        port = port(process);
        while (true) {
            try (PacedLoad.Connection connection = new PacedLoad.Connection(port)) {
                if (connection.ask(READY) == 200) {
                    break;
                }
            }
        }
        startMillis = (System.nanoTime() - begun) / 1e6;
    }

    private static String configuration(Path database, List<Demo<?>> demos) {
        StringBuilder yaml = new StringBuilder("http:\n  port: 0\n  public-url: " + Demo.PUBLIC_URL
                + "\ndatabase:\n  url: jdbc:sqlite:" + database + "\napi:\n  token: " + TOKEN + "\naccounts:\n");
        for (Demo<?> demo : demos) {
            yaml.append("  - name: bench\n    provider: ").append(demo.word()).append('\n');
            demo.settings().forEach((key, value) -> {
                // As in production: what signs callbacks is the benchmark's, not the server's.
                if (!key.equals("simulation-key")) {
                    yaml.append("    ").append(key).append(": \"").append(value).append("\"\n");
                }
            });
        }
        return yaml.toString();
    }

    private static int port(Process process) throws IOException {
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder seen = new StringBuilder();
        String line;
        while ((line = log.readLine()) != null) {
            seen.append(line).append('\n');
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread rest = new Thread(() -> discard(log), "server-log");
                rest.setDaemon(true);
                rest.start();
                return Integer.parseInt(listening.group(1));
            }
        }
        throw new IOException("the server did not start:\n" + seen);
    }

    /** So that the server never waits for somebody to read its log. */
    private static void discard(BufferedReader log) {
        try {
            while (log.readLine() != null) {
                // Nothing of it is asked for.
            }
        } catch (IOException e) {
            // The process has ended, and its output with it.
        }
    }

    int port() {
        return port;
    }

    /** From the command to the first 200 of {@code /readyz}. */
    double startMillis() {
        return startMillis;
    }

    /** What is left on the heap after a collection. */
    double heapMegabytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        String info = jcmd("GC.heap_info");
        double kilobytes = 0;
        // The lines of the generations; the metaspace's come after them.
        Matcher used = HEAP_USED.matcher(info.substring(0, info.indexOf("Metaspace")));
        while (used.find()) {
            kilobytes += Double.parseDouble(used.group(1));
        }
        return kilobytes / 1024;
    }

    /** What the process holds of the machine's memory. */
    double residentMegabytes() throws IOException {
        return ProcessMemory.resident(process.pid());
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process run = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        run.waitFor();
        return output;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
