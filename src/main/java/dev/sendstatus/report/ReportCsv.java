package dev.sendstatus.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.sendstatus.query.SpreadsheetCell;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The stuck messages as CSV (RFC 4180, with a header), oldest first, however many there are. */
final class ReportCsv {
    private ReportCsv() {}

    static String write(StuckReport report) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(
                    "provider",
                    "account",
                    "id",
                    "from",
                    "to",
                    "waiting_since",
                    "age_seconds",
                    "provider_status",
                    "reason");
            for (StuckItem item : report.stuck()) {
                csv.writeRecord(
                        item.account().provider().word(),
                        SpreadsheetCell.safe(item.account().name()),
                        SpreadsheetCell.safe(item.id()),
                        SpreadsheetCell.safe(Objects.requireNonNullElse(item.from(), "")),
                        SpreadsheetCell.safe(String.join(";", item.to())),
                        item.waitingSince().toString(),
                        Long.toString(item.ageSeconds()),
                        SpreadsheetCell.safe(item.providerStatus()),
                        item.reason().word());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes whatever is written to it", e);
        }
        return text.toString();
    }
}
