package dev.sendstatus.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The load generator: {@code wrk}, sending the requests of files as fast as they are answered. */
final class Wrk {
    static final int THREADS = 2;

    /** Each thread reads its own file. */
    private static final String SCRIPT = """
            local threads = {}
            local f
            function setup(thread)
              thread:set("index", #threads)
              table.insert(threads, thread)
            end
            function init(args)
              wrapped = 0
              f = io.open(args[1] .. "." .. index, "rb")
            end
            function request()
              local n = f:read(8)
              if n == nil then
                wrapped = 1
                f:seek("set", 0)
                n = f:read(8)
              end
              return f:read(tonumber(n))
            end
            function done(summary, latency, requests)
              local again = 0
              for _, thread in ipairs(threads) do
                again = again + thread:get("wrapped")
              end
              io.write(string.format("RESULT %d %d %d %d %d %d %d %d %d\\n", summary.requests, summary.duration,
                summary.errors.status,
                summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
                latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max, again))
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
     * @param answered how many with 200
     * @param refused how many with something else
     * @param failed connections that broke, or answers that took too long
     */
    record Result(
            long answered,
            double seconds,
            long refused,
            long failed,
            double p50Millis,
            double p99Millis,
            double p999Millis,
            double maxMillis) {

        double perSecond() {
            return answered / seconds;
        }
    }

    /** @param requests the files' path without their numbers @param again whether requests may be sent twice */
    Result run(int port, int connections, int seconds, Path requests, boolean again)
            throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t" + THREADS,
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout",
                        "10s",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port + "/",
                        "--",
                        requests.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        long[] n = output.lines()
                .filter(line -> line.startsWith("RESULT "))
                .flatMap(line -> Arrays.stream(line.split(" ")).skip(1))
                .mapToLong(Long::parseLong)
                .toArray();
        if (n.length == 0) {
            throw new IOException("wrk gave no result:\n" + output);
        }
        if (n[8] > 0 && !again) {
            throw new IOException("the load generator ran out of requests after " + n[0]);
        }
        return new Result(n[0] - n[2], n[1] / 1e6, n[2], n[3], n[4] / 1e3, n[5] / 1e3, n[6] / 1e3, n[7] / 1e3);
    }
}
