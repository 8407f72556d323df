package dev.sendstatus.store;

import dev.sendstatus.store.jdbc.Reads;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer as a list of rows, each value a text, so that those of two databases can be compared: 0 and 1 stand for truth values. */
public final class CollectedAnswer implements SqlAnswer {
    private final List<Map<String, @Nullable String>> rows = new ArrayList<>();
    private List<String> names = List.of();

    public static List<Map<String, @Nullable String>> of(Reads reads, String sql)
            throws StoreException, WrongSql, IOException {
        CollectedAnswer answer = new CollectedAnswer();
        reads.ask(sql, answer);
        return answer.rows;
    }

    public List<Map<String, @Nullable String>> rows() {
        return rows;
    }

    @Override
    public void columns(List<String> columns) {
        names = columns;
    }

    @Override
    public void row(List<@Nullable Object> values) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), text(values.get(i)));
        }
        rows.add(row);
    }

    @Override
    public void end() {}

    public static @Nullable String text(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        }
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        return value == null ? null : value.toString();
    }
}
