package dev.sendstatus.report;

import de.siegmar.fastcsv.writer.CsvWriter;
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
                        item.message().provider().word(),
                        safe(item.account().name()),
                        safe(item.message().id()),
                        safe(Objects.requireNonNullElse(item.from(), "")),
                        safe(String.join(";", item.to())),
                        ReportJson.time(item.waitingSince()),
                        Long.toString(item.ageSeconds()),
                        safe(item.providerStatus()),
                        item.reason().word());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory takes whatever is written to it", e);
        }
        return text.toString();
    }

    /**
     * What a provider or a sender chose must not run as a formula when the file is opened in a spreadsheet, so such a cell
     * gets an apostrophe in front. A phone number does not: it is what people and programs look for in this file, and with
     * nothing but digits after its plus, which neither name a function nor a cell, there is nothing in it that could run. Any
     * other cell that begins with a plus is treated like the rest.
     */
    static String safe(String cell) {
        if (cell.isEmpty()) {
            return cell;
        }
        return switch (cell.charAt(0)) {
            case '=', '-', '@', '\t', '\r', '\n' -> "'" + cell;
            case '+' -> isNumbers(cell) ? cell : "'" + cell;
            default -> cell;
        };
    }

    private static boolean isNumbers(String cell) {
        boolean afterPlus = false;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            boolean begins = c == '+' && (i == 0 || cell.charAt(i - 1) == ';');
            boolean digit = c >= '0' && c <= '9';
            boolean separates = c == ';' && !afterPlus;
            if (!begins && !digit && !separates) {
                return false;
            }
            afterPlus = begins;
        }
        return !afterPlus;
    }
}
