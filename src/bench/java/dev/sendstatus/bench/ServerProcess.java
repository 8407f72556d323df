package dev.sendstatus.bench;

import dev.sendstatus.store.DatabaseSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** {@link MeasuredServer} as a process of its own. */
final class ServerProcess implements AutoCloseable {
    static final String LISTENING = "listening at ";
    static final String TOKEN = "bench-token-of-this-run";
    /** As {@code scripts/sendstatus serve}, with a heap of a fixed size. */
    static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC");

    /** The kernel counts processor time in hundredths of a second. */
    private static final double MICROS_A_TICK = 10_000;

    private final Process process;
    private final DatabaseSettings database;
    private final int port;
    private final int noopPort;

    ServerProcess(Path folder, DatabaseSettings database) throws IOException {
        this.database = database;
        Path configuration = Files.createTempFile(folder, "server", ".yaml");
        Files.writeString(configuration, configuration(database));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(FLAGS);
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        String options = System.getenv("SENDSTATUS_JAVA_OPTIONS");
        if (options != null && !options.isBlank()) {
            command.addAll(List.of(options.strip().split(" +")));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                MeasuredServer.class.getName(),
                configuration.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String[] ports = ports(process.inputReader(StandardCharsets.UTF_8)).split(" ");
        port = Integer.parseInt(ports[0]);
        noopPort = Integer.parseInt(ports[1]);
    }

    private static String configuration(DatabaseSettings database) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("http:\n  port: 0\n  public-url: ").append(Demo.PUBLIC_URL);
        yaml.append("\napi:\n  token: ").append(TOKEN);
        yaml.append("\ndatabase:\n  url: ").append(database.url());
        if (database.user() != null) {
            yaml.append("\n  user: ").append(database.user()).append("\n  password: any");
        }
        yaml.append("\naccounts:\n");
        for (Demo demo : Demo.all()) {
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

    private static String ports(BufferedReader log) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread rest = new Thread(() -> log.lines().forEach(ServerProcess::tellTrouble), "server-log");
                rest.setDaemon(true);
                rest.start();
                return line.substring(LISTENING.length());
            }
            seen.append(line).append('\n');
        }
        throw new IOException("the server did not start:\n" + seen);
    }

    private static void tellTrouble(String line) {
        if (line.contains("WARN") || line.contains("ERROR")) {
            System.err.println("server: " + line);
        }
    }

    DatabaseSettings database() {
        return database;
    }

    int port() {
        return port;
    }

    /** Of what does nothing. */
    int noopPort() {
        return noopPort;
    }

    /** How much processor time its threads have used, in microseconds, by what they do. */
    Map<String, Double> processorTime() throws IOException {
        Map<String, Double> micros = new TreeMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads) {
                String name = Files.readString(thread.resolve("comm")).strip();
                micros.merge(group(name), ticks(thread.resolve("stat")) * MICROS_A_TICK, Double::sum);
            }
        } catch (NoSuchFileException e) {
            // A thread has ended meanwhile.
            return processorTime();
        }
        return micros;
    }

    private static double ticks(Path stat) throws IOException {
        String line = Files.readString(stat);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    }

    private static String group(String thread) {
        if (thread.startsWith("http-") || thread.startsWith("JettyServer")) {
            return "http";
        }
        return switch (thread) {
            case "group-commit", "answerer", "apply", "checkpointer" -> thread;
            default -> "other";
        };
    }

    /** How much processor time it has used, also by threads that have ended, in microseconds. */
    double processorMicros() throws IOException {
        return ticks(Path.of("/proc/" + process.pid() + "/stat")) * MICROS_A_TICK;
    }

    int threads() throws IOException {
        return (int) status("Threads:");
    }

    /** What the process holds of the machine's memory. */
    double residentMegabytes() throws IOException {
        return status("VmRSS:") / 1024.0;
    }

    private long status(String word) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith(word)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("the kernel says no " + word + " of the server");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
