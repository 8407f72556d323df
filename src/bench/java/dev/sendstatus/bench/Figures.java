package dev.sendstatus.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.text.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was measured: printed as tables on the way, and as one line of JSON at the end. */
final class Figures {
    private final Map<String, BigDecimal> json = new LinkedHashMap<>();

    /** A figure that cannot be told, as a share of nothing, is left out. */
    void put(String name, double value, int decimals) {
        if (Double.isFinite(value)) {
            json.put(name, BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP));
        }
    }

    void printJson() throws IOException {
        System.out.println(new ObjectMapper().writeValueAsString(json));
    }

    static void print(String heading, Table table) {
        System.out.printf("%n== %s%n%n%s", heading, table.text(Table.Screen.NONE));
    }

    /** Of nothing it is not a number. */
    static double median(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static <T> double median(Collection<T> results, ToDoubleFunction<T> figure) {
        return median(results.stream().map(figure::applyAsDouble).toList());
    }

    static String whole(double value) {
        return String.format("%,.0f", value);
    }

    static String hundredths(double value) {
        return String.format("%,.2f", value);
    }
}
