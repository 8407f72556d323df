package dev.sendstatus.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The load generator: {@code wrk}, sending the requests of files as fast as they are answered. */
final class Wrk {
    /** Each thread reads its own file, and counts what it took from it. */
    private static final String SCRIPT = """
            local threads = {}
            local f
            function setup(thread)
              thread:set("index", #threads)
              table.insert(threads, thread)
            end
            function init(args)
              taken = 0
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
              taken = taken + 1
              return f:read(tonumber(n))
            end
            function done(summary, latency, requests)
              io.write(string.format("RESULT %d %d %d %d %d %d %d %d %d %d\\n", summary.requests, summary.duration,
                summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write,
                summary.errors.timeout, latency:percentile(50), latency:percentile(90), latency:percentile(99),
                latency:percentile(99.9), latency.max))
              for _, thread in ipairs(threads) do
                io.write(string.format("TAKEN %d %d\\n", thread:get("taken"), thread:get("wrapped")))
              end
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
     * @param failed connections that broke, or answers that took too long
     * @param taken how many requests each thread took from its file, in order; the last ones may not have been answered
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
            double maxMillis,
            List<Integer> taken) {

        double perSecond() {
            return (requests - refused) / seconds;
        }

        long answered200() {
            return requests - refused;
        }
    }

    /** @param threads as many as there are files @param again whether requests may be sent twice */
    Result run(int port, int threads, int connections, int seconds, RequestFiles requests, boolean again)
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
                        requests.base().toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        List<Integer> taken = new ArrayList<>();
        List<Long> n = List.of();
        for (String line : output.lines().toList()) {
            if (line.startsWith("RESULT ")) {
                n = numbers(line);
            } else if (line.startsWith("TAKEN ")) {
                List<Long> one = numbers(line);
                if (one.get(1) > 0 && !again) {
                    throw new IOException("the load generator ran out of requests after " + one.get(0));
                }
                taken.add(one.get(0).intValue());
            }
        }
        if (n.isEmpty() || taken.size() != threads) {
            throw new IOException("wrk gave no result:\n" + output);
        }
        return new Result(
                n.get(0),
                n.get(1) / 1e6,
                n.get(2),
                n.get(3) + n.get(4),
                n.get(5) / 1e3,
                n.get(6) / 1e3,
                n.get(7) / 1e3,
                n.get(8) / 1e3,
                n.get(9) / 1e3,
                taken);
    }

    private static List<Long> numbers(String line) {
        return List.of(line.substring(line.indexOf(' ') + 1).split(" ")).stream()
                .map(Long::parseLong)
                .toList();
    }
}
