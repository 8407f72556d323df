package dev.sendstatus.store;

import java.time.Instant;
import java.time.LocalDate;

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
        ALERT_FIRED("alert.fired"),
        ALERT_REMINDER("alert.reminder"),
        ALERT_RESOLVED("alert.resolved"),
        REPORT_STUCK("report.stuck");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
