package dev.sendstatus.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What was measured: printed as tables on the way, and as one line of JSON at the end. */
final class Figures {
    private final Map<String, BigDecimal> json = new LinkedHashMap<>();
    private final Map<String, List<Map<String, Double>>> processorTimes = new LinkedHashMap<>();
    private final Map<String, Double> bodyBytes = new LinkedHashMap<>();

    void put(String name, double value, int decimals) {
        json.put(name, BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP));
    }

    void processorTime(String name, Map<String, Double> micros) {
        processorTimes.computeIfAbsent(name, key -> new ArrayList<>()).add(micros);
    }

    void bodyBytes(String name, double bytes) {
        bodyBytes.put(name, bytes);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return 0;
        }
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static double median(List<Wrk.Result> results, ToDoubleFunction<Wrk.Result> figure) {
        return median(results.stream().map(figure::applyAsDouble).toList());
    }

    void printRounds(Map<String, List<Wrk.Result>> results) {
        double noop = median(results.getOrDefault(IngestRounds.NOOP, List.of()), Wrk.Result::perSecond);
        System.out.printf(
                "%n%-12s %11s %8s %8s %8s %8s %9s %8s %7s %7s%n",
                "", "requests/s", "of noop", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms", "not 200", "broken");
        results.forEach((name, some) -> System.out.printf(
                "%-12s %,11.0f %8.2f %8.2f %8.2f %8.2f %9.2f %8.1f %7d %7d%n",
                name,
                median(some, Wrk.Result::perSecond),
                median(some, Wrk.Result::perSecond) / noop,
                median(some, Wrk.Result::p50Millis),
                median(some, Wrk.Result::p90Millis),
                median(some, Wrk.Result::p99Millis),
                median(some, Wrk.Result::p999Millis),
                median(some, Wrk.Result::maxMillis),
                some.stream().mapToLong(Wrk.Result::refused).sum(),
                some.stream().mapToLong(Wrk.Result::failed).sum()));
        System.out.println();
        System.out.println(
                "noop: a route of Javalin that reads the body. bare noop: a handler in front of Javalin that does.");
        bodyBytes.forEach((name, bytes) -> System.out.printf("%s: %.0f bytes a body%n", name, bytes));
        printProcessorTimes();
    }

    private void printProcessorTimes() {
        System.out.printf("%nProcessor time of the server's threads, microseconds a request%n%n");
        processorTimes.forEach((name, rounds) -> {
            Map<String, List<Double>> groups = new TreeMap<>();
            rounds.forEach(round -> round.forEach((group, micros) ->
                    groups.computeIfAbsent(group, key -> new ArrayList<>()).add(micros)));
            StringBuilder line = new StringBuilder(String.format("%-12s", name));
            double sum = 0;
            for (Map.Entry<String, List<Double>> group : groups.entrySet()) {
                double micros = median(group.getValue());
                sum += micros;
                line.append(String.format("  %s %.1f", group.getKey(), micros));
            }
            System.out.printf("%s  together %.1f%n", line, sum);
        });
    }

    void printJson() throws IOException {
        System.out.println(new ObjectMapper().writeValueAsString(json));
    }
}
