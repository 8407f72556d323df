package dev.sendstatus.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Every key outside {@code accounts}, with its default, its meaning and the variables that win over the file. */
enum Key {
    HTTP_HOST("http.host", "127.0.0.1", "the address to listen on; `0.0.0.0` for all of this host's"),
    HTTP_PORT("http.port", "8080", "the port to listen on; `0` takes a free one"),
    /** Its default follows from the port. */
    PUBLIC_URL(
            "http.public-url",
            "",
            "the URL that the providers call; Twilio signs over it",
            "SENDSTATUS_HTTP_PUBLIC_URL"),
    MAX_BODY_BYTES("http.max-body-bytes", "1048576", "the largest body that is taken; a larger one gets 413"),
    DATABASE_URL(
            "database.url",
            "jdbc:sqlite:data/sendstatus.db",
            "the database; `jdbc:postgresql://host/name` for many nodes. A relative path begins at the program's folder"),
    DATABASE_USER("database.user", "", "the user of PostgreSQL"),
    DATABASE_PASSWORD("database.password", "", "the password of that user"),
    API_TOKEN("api.token", "", "a token of scope `write`; if absent, the first start makes one"),
    ERRORS_FILE("errors.file", "", "a CSV file of your own error codes, see [errors](errors.md)"),
    QUEUE_CAPACITY("ingest.queue-capacity", "8192", "callbacks that may wait to be stored; the next gets 503"),
    ANSWER_WITHIN("ingest.answer-within", "PT1.5S", "a callback that is not stored by then gets 503"),
    STUCK_THRESHOLD("stuck.threshold", "PT6H", "a message that is SENT for longer is stuck"),
    SWEEP_INTERVAL(
            "stuck.sweep-interval", "PT5M", "how often stuck messages are looked for", "SENDSTATUS_SWEEP_INTERVAL"),
    GIVE_UP(
            "stuck.give-up",
            "P7D",
            "a message that is stuck for longer counts as never reported",
            "SENDSTATUS_GIVE_UP"),
    REPORT_TIME("stuck.report-time", "06:00", "the time of the daily report", "SENDSTATUS_REPORT_TIME"),
    TIME_ZONE("stuck.time-zone", "UTC", "the time zone of the report's time and days", "SENDSTATUS_TIME_ZONE"),
    UNCONFIRMED_STATUS("unconfirmed-status", "SENT", "unconfirmed messages count as `SENT` or `ERROR`"),
    RECONCILE_INTERVAL(
            "reconcile.interval", "PT1H", "how often the providers are asked for the state of stuck messages"),
    RETENTION_RAW("retention.raw", "P30D", "the age at which raw callbacks, with their message texts, are deleted"),
    RETENTION_MESSAGES("retention.messages", "P400D", "the age, since last heard of, at which messages are deleted"),
    RETENTION_SHORT("retention.short", "false", "`true` allows times below a day in the two keys above"),
    MAIL_HOST("mail.host", "", "the mail server; channels of type `email` need it"),
    MAIL_PORT("mail.port", "587", "its port; `465` is usual for `tls`"),
    MAIL_USER("mail.user", "", "the user of the mail server, if it asks for one"),
    MAIL_PASSWORD("mail.password", "", "the password of that user"),
    MAIL_SECURITY(
            "mail.security",
            "starttls",
            "`starttls` (a server that cannot gets nothing), `tls` (from the beginning) or `none`"),
    MAIL_FROM("mail.from", "", "the address that sends, like `Sendstatus <status@example.com>`"),
    REPORT_CHANNELS("report.channels", "", "the channels for the daily report: all if absent, or `none`"),
    REPORT_WHEN("report.when", "always", "`always`, or `stuck`: only on a day on which something is stuck"),
    ALERTS_CHANNELS("alerts.channels", "", "the channels for alerts: all if absent, or `none`"),
    ALERTS_OFF("alerts.off", "", "[rules](alerts.md) that are switched off"),
    ALERTS_REMIND("alerts.remind", "P1D", "how often an alert that lasts is told again"),
    ALERTS_QUIET(
            "alerts.quiet",
            "",
            "hours in which only critical alerts are told, like `22:00-07:00`, in `stuck.time-zone`; the others come as one at the"
                    + " end"),
    HEARTBEAT_URL(
            "alerts.heartbeat-url",
            "",
            "fetched each minute, so that a monitor elsewhere notices that this program is down; only its host is printed");

    private final String path;
    private final String defaultText;
    private final String meaning;
    private final List<String> variables;

    Key(String path, String defaultText, String meaning, String... formerVariables) {
        this.path = path;
        this.defaultText = defaultText;
        this.meaning = meaning;
        this.variables =
                Stream.concat(Stream.of(variable()), Stream.of(formerVariables)).toList();
    }

    /** The key as it is written in the file, with dots between the levels. */
    String path() {
        return path;
    }

    /** Empty where there is none, or where it follows from something else. */
    String defaultText() {
        return defaultText;
    }

    /** For the page of all keys, in Markdown. */
    String meaning() {
        return meaning;
    }

    /** The key in capitals with underscores; one name is shorter. */
    String variable() {
        return path.equals("http.public-url")
                ? "SENDSTATUS_PUBLIC_URL"
                : "SENDSTATUS_"
                        + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Its variable, and former names, which are still read, with a warning. Each wins over those after it. */
    List<String> variables() {
        return variables;
    }

    /** A user's name is one as well: a password may stand there by mistake. */
    boolean secret() {
        return switch (this) {
            case DATABASE_USER, DATABASE_PASSWORD, API_TOKEN, MAIL_USER, MAIL_PASSWORD -> true;
            default -> false;
        };
    }
}
