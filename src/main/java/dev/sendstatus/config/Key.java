package dev.sendstatus.config;

import java.util.List;

/** Every key outside {@code accounts}, with its default and the variables that win over the file. */
enum Key {
    HTTP_HOST("http.host", "127.0.0.1", "SENDSTATUS_HTTP_HOST"),
    HTTP_PORT("http.port", "8080", "SENDSTATUS_HTTP_PORT"),
    /** Its default follows from the port. */
    PUBLIC_URL("http.public-url", "", "SENDSTATUS_PUBLIC_URL", "SENDSTATUS_HTTP_PUBLIC_URL"),
    MAX_BODY_BYTES("http.max-body-bytes", "1048576", "SENDSTATUS_HTTP_MAX_BODY_BYTES"),
    DATABASE_URL("database.url", "jdbc:sqlite:data/sendstatus.db", "SENDSTATUS_DATABASE_URL"),
    DATABASE_USER("database.user", "", "SENDSTATUS_DATABASE_USER"),
    DATABASE_PASSWORD("database.password", "", "SENDSTATUS_DATABASE_PASSWORD"),
    API_TOKEN("api.token", "", "SENDSTATUS_API_TOKEN"),
    ERRORS_FILE("errors.file", "", "SENDSTATUS_ERRORS_FILE"),
    QUEUE_CAPACITY("ingest.queue-capacity", "8192", "SENDSTATUS_INGEST_QUEUE_CAPACITY"),
    ANSWER_WITHIN("ingest.answer-within", "PT1.8S", "SENDSTATUS_INGEST_ANSWER_WITHIN"),
    STUCK_THRESHOLD("stuck.threshold", "PT6H", "SENDSTATUS_STUCK_THRESHOLD"),
    SWEEP_INTERVAL("stuck.sweep-interval", "PT5M", "SENDSTATUS_SWEEP_INTERVAL", "SENDSTATUS_STUCK_SWEEP_INTERVAL"),
    GIVE_UP("stuck.give-up", "P7D", "SENDSTATUS_GIVE_UP", "SENDSTATUS_STUCK_GIVE_UP"),
    REPORT_TIME("stuck.report-time", "06:00", "SENDSTATUS_REPORT_TIME", "SENDSTATUS_STUCK_REPORT_TIME"),
    TIME_ZONE("stuck.time-zone", "UTC", "SENDSTATUS_TIME_ZONE", "SENDSTATUS_STUCK_TIME_ZONE"),
    UNCONFIRMED_STATUS("unconfirmed-status", "SENT", "SENDSTATUS_UNCONFIRMED_STATUS"),
    RECONCILE_INTERVAL("reconcile.interval", "PT1H", "SENDSTATUS_RECONCILE_INTERVAL"),
    RETENTION_RAW("retention.raw", "P30D", "SENDSTATUS_RETENTION_RAW"),
    RETENTION_MESSAGES("retention.messages", "P400D", "SENDSTATUS_RETENTION_MESSAGES");

    private final String path;
    private final String defaultText;
    private final List<String> variables;

    Key(String path, String defaultText, String... variables) {
        this.path = path;
        this.defaultText = defaultText;
        this.variables = List.of(variables);
    }

    /** As written in the file, with dots between the levels. */
    String path() {
        return path;
    }

    /** Empty where there is none, or where it follows from something else. */
    String defaultText() {
        return defaultText;
    }

    /** At least one; all mean the same. */
    List<String> variables() {
        return variables;
    }

    boolean secret() {
        return this == DATABASE_PASSWORD || this == API_TOKEN;
    }
}
