package dev.sendstatus.query;

import dev.sendstatus.store.SqlAnswer;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as columns side by side, numbers to the right. The first rows decide how wide the columns are. */
final class AnswerTable implements SqlAnswer {
    private static final int DECIDING_ROWS = 1_000;
    private static final int WIDEST = 60;
    private static final String GAP = "  ";

    private final Writer out;
    private final List<List<@Nullable Object>> first = new ArrayList<>();
    private boolean decided;
    private List<String> names = List.of();
    private int[] widths = {};
    private boolean[] numbers = {};

    AnswerTable(Writer out) {
        this.out = out;
    }

    @Override
    public void columns(List<String> columns) {
        names = columns.stream().map(AnswerTable::cell).toList();
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        if (decided) {
            write(values.stream().map(AnswerTable::cell).toList());
            return;
        }
        first.add(values);
        if (first.size() == DECIDING_ROWS) {
            decide();
        }
    }

    @Override
    public void end() throws IOException {
        if (!decided) {
            decide();
        }
        out.flush();
    }

    private void decide() throws IOException {
        decided = true;
        widths = new int[names.size()];
        numbers = new boolean[names.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = names.get(i).length();
            boolean texts = false;
            for (List<@Nullable Object> row : first) {
                Object value = row.get(i);
                widths[i] = Math.max(widths[i], cell(value).length());
                numbers[i] |= value instanceof Number;
                texts |= value != null && !(value instanceof Number);
            }
            numbers[i] &= !texts;
        }
        write(names);
        for (List<@Nullable Object> row : first) {
            write(row.stream().map(AnswerTable::cell).toList());
        }
        first.clear();
    }

    private void write(List<String> cells) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String space = " ".repeat(Math.max(0, widths[i] - cell.length()));
            line.append(i == 0 ? "" : GAP).append(numbers[i] ? space + cell : cell + space);
        }
        out.write(line.toString().stripTrailing());
        out.write('\n');
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
