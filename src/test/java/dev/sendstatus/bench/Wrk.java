package dev.sendstatus.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The load generator: {@code wrk}, sending the requests of a file. */
final class Wrk {
    /** Each thread starts at another place of the file; the path is replaced where the file was written for another one. */
    private static final String SCRIPT = """
            local files, path = 0, nil
            local f
            function setup(thread)
              thread:set("index", files); files = files + 1
            end
            function init(args)
              path = args[2]
              if path == "" then path = nil end
              f = io.open(args[1] .. "." .. index, "rb")
            end
            function request()
              local n = f:read(8)
              if n == nil then f:seek("set", 0); n = f:read(8) end
              local r = f:read(tonumber(n))
              if path then r = r:gsub("^POST [^ ]+ ", "POST " .. path .. " ", 1) end
              return r
            end
            function done(summary, latency, requests)
              io.write(string.format("RESULT %d %d %d %d %d %d %d %d %d %d\\n", summary.requests, summary.duration,
                summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write,
                summary.errors.timeout, latency:percentile(50), latency:percentile(90), latency:percentile(99),
                latency:percentile(99.9), latency.max))
            end
            """;

    private final Path script;

    Wrk(Path folder) throws IOException {
        script = folder.resolve("requests.lua");
        Files.writeString(script, SCRIPT);
    }

    /**
     * One run's figures.
     *
     * @param requests answered
     * @param refused of those, answered with something else than 200
     * @param failed connections that broke
     */
    record Result(
            long requests,
            double seconds,
            long refused,
            long failed,
            double p50Millis,
            double p90Millis,
            double p99Millis,
            double p999Millis,
            double maxMillis) {

        double perSecond() {
            return (requests - refused) / seconds;
        }
    }

    /** @param requests the files without their {@code .0}, {@code .1} … @param path instead of the files' own; empty for that */
    Result run(int port, int threads, int connections, int seconds, Path requests, String path)
            throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t" + threads,
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout",
                        "10s",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port + "/",
                        "--",
                        requests.toString(),
                        path)
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        for (String line : output.lines().toList()) {
            if (line.startsWith("RESULT ")) {
                List<Long> n = List.of(line.substring(7).split(" ")).stream()
                        .map(Long::parseLong)
                        .toList();
                return new Result(
                        n.get(0),
                        n.get(1) / 1e6,
                        n.get(2),
                        n.get(3) + n.get(4),
                        n.get(5) / 1e3,
                        n.get(6) / 1e3,
                        n.get(7) / 1e3,
                        n.get(8) / 1e3,
                        n.get(9) / 1e3);
            }
        }
        throw new IOException("wrk gave no result:\n" + output);
    }
}
