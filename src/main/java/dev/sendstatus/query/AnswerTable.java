package dev.sendstatus.query;

import dev.sendstatus.store.SqlAnswer;
import dev.sendstatus.text.Table;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer as columns side by side, numbers to the right. The first rows decide how wide the columns are. */
final class AnswerTable implements SqlAnswer {
    private static final int DECIDING_ROWS = 1_000;
    private static final int WIDEST = 60;

    private final Writer out;
    private final List<List<@Nullable Object>> first = new ArrayList<>();
    private List<String> names = List.of();
    private @Nullable Function<Object[], String> later;

    AnswerTable(Writer out) {
        this.out = out;
    }

    @Override
    public void columns(List<String> columns) {
        names = columns.stream().map(AnswerTable::cell).toList();
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        if (later != null) {
            out.write(later.apply(cells(values)));
            return;
        }
        first.add(values);
        if (first.size() == DECIDING_ROWS) {
            decide();
        }
    }

    @Override
    public void end() throws IOException {
        if (later == null) {
            decide();
        }
        out.flush();
    }

    private void decide() throws IOException {
        BitSet numbers = new BitSet();
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            List<Object> values = first.stream()
                    .map(row -> row.get(column))
                    .filter(Objects::nonNull)
                    .toList();
            numbers.set(i, !values.isEmpty() && values.stream().allMatch(Number.class::isInstance));
        }
        Table table = Table.columns(names, numbers::get);
        first.forEach(row -> table.row(cells(row)));
        out.write(table.text(Table.Screen.NONE));
        later = table.more();
        first.clear();
    }

    private static Object[] cells(List<@Nullable Object> values) {
        return values.stream().map(AnswerTable::cell).toArray();
    }

    /** Control characters would move a terminal's cursor. */
    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        StringBuilder cell = new StringBuilder();
        text.codePoints()
                .limit(WIDEST + 1L)
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .forEach(cell::appendCodePoint);
        int end = cell.offsetByCodePoints(0, Math.min(WIDEST, cell.codePointCount(0, cell.length())));
        return end == cell.length() ? cell.toString() : cell.substring(0, end) + "…";
    }
}
