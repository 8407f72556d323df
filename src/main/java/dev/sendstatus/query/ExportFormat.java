package dev.sendstatus.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** As what messages are exported. */
public enum ExportFormat {
    /** RFC 4180, a row for each recipient. */
    CSV("text/csv; charset=utf-8; header=present"),
    /** A line for each message, each the document that the API has of it. */
    JSONL("application/x-ndjson");

    private final String contentType;

    ExportFormat(String contentType) {
        this.contentType = contentType;
    }

    /** As in paths, options and file names: {@code csv}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String contentType() {
        return contentType;
    }

    /** Empty for any other word. */
    public static Optional<ExportFormat> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
