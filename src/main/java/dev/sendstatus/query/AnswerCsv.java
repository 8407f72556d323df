package dev.sendstatus.query;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.sendstatus.store.SqlAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as CSV, for spreadsheets too: no text in it runs as a formula. */
final class AnswerCsv implements SqlAnswer {
    private final Writer out;
    private final CsvWriter csv;

    AnswerCsv(Writer out) {
        this.out = out;
        this.csv = CsvWriter.builder().build(out);
    }

    @Override
    public void columns(List<String> names) throws IOException {
        write(names);
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        write(values.stream().map(AnswerCsv::cell).toList());
    }

    @Override
    public void end() throws IOException {
        try {
            csv.flush();
        } finally {
            out.flush();
        }
    }

    private void write(List<String> cells) throws IOException {
        try {
            csv.writeRecord(cells);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String cell(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof String text ? SpreadsheetCell.safe(text) : value == null ? "" : value.toString();
    }
}
