package dev.sendstatus.app;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The real program in a process of its own, as a user starts it, with a Bandwidth account and everything in one folder. */
final class ServerProcess implements AutoCloseable {
    static final String USER = "callbacks";
    static final String PASSWORD = "secret-of-the-test";
    static final String TOKEN = "token-of-the-test";

    private final Process process;
    private final int port;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());

    /** @param before words put before {@code java}: a shell that sets a limit; @param more further variables */
    ServerProcess(Path folder, List<String> before, Map<String, String> more) throws IOException {
        process = builder(folder, before, more).start();
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        int found = 0;
        for (String line = reader.readLine(); line != null && found == 0; line = reader.readLine()) {
            output.add(line);
            int at = line.indexOf("ready at http://127.0.0.1:");
            if (at >= 0) {
                found = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                break;
            }
        }
        port = found;
        if (port == 0) {
            throw new IOException("the server did not start:\n" + output());
        }
        Thread rest = new Thread(() -> readRest(reader), "server-output");
        rest.setDaemon(true);
        rest.start();
    }

    private static ProcessBuilder builder(Path folder, List<String> before, Map<String, String> more) {
        return program(folder, before, more, "serve");
    }

    /** A command in a process of its own, beside the server of that folder. Both of its outputs are one. */
    static ProcessBuilder command(Path folder, String... arguments) {
        return command(folder, Map.of(), arguments);
    }

    /** @param more further variables */
    static ProcessBuilder command(Path folder, Map<String, String> more, String... arguments) {
        return program(folder, List.of(), more, arguments);
    }

    private static ProcessBuilder program(
            Path folder, List<String> before, Map<String, String> more, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dsendstatus.home=" + folder,
                "dev.sendstatus.Sendstatus"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("SENDSTATUS_") || name.startsWith("JAVA_TOOL"));
        environment.put("SENDSTATUS_HTTP_PORT", "0");
        environment.put("SENDSTATUS_API_TOKEN", TOKEN);
        environment.put("BANDWIDTH_CALLBACK_USERNAME", USER);
        environment.put("BANDWIDTH_CALLBACK_PASSWORD", PASSWORD);
        environment.putAll(more);
        return builder;
    }

    /** Starts a server and kills it as soon as that is so, be it ready or not. */
    static void startAndKill(Path folder, Callable<Boolean> when) throws Exception {
        Process process = builder(folder, List.of(), Map.of())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(1))
                    .until(when);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void readRest(BufferedReader reader) {
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path database(Path folder) {
        return folder.resolve("data/sendstatus.db");
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    long pid() {
        return process.pid();
    }

    String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to stop, and waits until it has. @return its exit code */
    int stop() throws InterruptedException {
        // Process.destroy would close its output as well, and with it what the program says while it stops.
        process.toHandle().destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the server did not stop:\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
