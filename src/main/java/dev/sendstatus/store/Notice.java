package dev.sendstatus.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that channels are to tell to people.
 *
 * @param subject names what it tells, for ever: of one subject a channel has one notice. {@code alert/17/fired},
 *     {@code report/2026-11-30}
 * @param at when it happened
 * @param document JSON: an alert as the API shows it; of a report its day
 */
public record Notice(String subject, Type type, Severity severity, Instant at, String document) {

    private static final String REPORT = "report/";

    /** That a day's report is there. */
    public static Notice ofReport(LocalDate day, Instant at) {
        return new Notice(REPORT + day, Type.REPORT_STUCK, Severity.WARNING, at, "{\"date\":\"" + day + "\"}");
    }

    /** Of which day a notice with that subject tells the report. */
    public static LocalDate reportDay(String subject) {
        return LocalDate.parse(subject.substring(REPORT.length()));
    }

    /** As the API and signed webhooks spell it: {@code alert.fired}. */
    public enum Type {
        ALERT_FIRED,
        ALERT_REMINDER,
        ALERT_RESOLVED,
        REPORT_STUCK;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }
    }

    /**
     * A notice that one channel has not told yet.
     *
     * @param message the id of the message that tells it, maybe with others; null until it is sent for the first time
     * @param attempts how often that was tried
     */
    public record Waiting(Notice notice, @Nullable String message, int attempts) {}
}
