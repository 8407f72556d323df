package dev.sendstatus.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The forms in which a report is given out. The API and the command line use the lower-case name. */
public enum ReportFormat {
    /** For a terminal. */
    TABLE("text/plain; charset=utf-8"),
    /** The list of stuck messages alone, for a spreadsheet. */
    CSV("text/csv; charset=utf-8"),
    /** All of it, for a program. */
    JSON("application/json"),
    /** All of it, for a person; of very long lists the beginning. */
    HTML("text/html; charset=utf-8");

    private final String contentType;

    ReportFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for any other word. */
    public static Optional<ReportFormat> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
