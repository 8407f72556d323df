package dev.sendstatus.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.store.Notice;
import dev.sendstatus.text.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The note that tells a person of an alert: the fault, its beginning, its size against the usual one, the greatest parts, the remedy, and a link. */
final class AlertNote {
    private static final int MOST_PARTS = 3;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Notice notice;
    private final JsonNode alert;
    private final ZoneId zone;

    /** @param alert the notice's document, with its numbers as the channel may show them */
    AlertNote(Notice notice, JsonNode alert, ZoneId zone) {
        this.notice = notice;
        this.alert = alert;
        this.zone = zone;
    }

    /** @param link of the alert's page */
    Note note(String link) {
        boolean resolved = notice.type() == Notice.Type.ALERT_RESOLVED;
        List<Note.Fact> facts = new ArrayList<>();
        add(facts, "Since", since(resolved));
        add(facts, "How much", amount());
        add(facts, "Mostly", parts());
        if (!resolved) {
            add(facts, "What to do", text("advice"));
        }
        return new Note(tone(resolved), title(), text("text"), facts, link);
    }

    private static void add(List<Note.Fact> facts, String label, String value) {
        if (!value.isEmpty()) {
            facts.add(new Note.Fact(label, value));
        }
    }

    private Tone tone(boolean resolved) {
        return resolved
                ? Tone.GOOD
                : switch (notice.severity()) {
                    case INFO -> Tone.INFO;
                    case WARNING -> Tone.WARNING;
                    case CRITICAL -> Tone.CRITICAL;
                };
    }

    /** {@code Critical: silence, twilio/main}. */
    String title() {
        String severity = notice.severity().name();
        String head =
                switch (notice.type()) {
                    case ALERT_RESOLVED -> "Resolved";
                    case ALERT_REMINDER -> "Still " + severity.toLowerCase(Locale.ROOT);
                    case ALERT_FIRED, REPORT_STUCK ->
                        severity.charAt(0) + severity.substring(1).toLowerCase(Locale.ROOT);
                };
        String key = text("key");
        return head + ": " + text("rule").replace('_', ' ') + (key.isEmpty() ? "" : ", " + key);
    }

    private String since(boolean resolved) {
        Instant since = time("since");
        if (since == null) {
            return "";
        }
        Instant end = resolved ? time("resolved_at") : null;
        if (end != null) {
            return shown(since) + " until " + shown(end) + ", "
                    + Figures.duration(Duration.between(since, end).toSeconds());
        }
        long seconds = Duration.between(since, notice.at()).toSeconds();
        return shown(since) + (seconds < 1 ? "" : ", " + Figures.duration(seconds));
    }

    private String shown(Instant time) {
        return MINUTE.format(time.atZone(zone)) + " " + zone.getId();
    }

    private @Nullable Instant time(String name) {
        try {
            return alert.path(name).isTextual() ? Instant.parse(alert.path(name).asText()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** {@code 8.2 % of 1,200 (usually 1.1 %)}: a share where it is known of how many, else a count. */
    private String amount() {
        JsonNode value = alert.path("value");
        if (!value.isNumber()) {
            return "";
        }
        JsonNode n = alert.path("n");
        JsonNode usual = alert.path("usual");
        return figure(value, n)
                + (n.isNumber() ? " of " + Figures.number(n.asLong()) : "")
                + (usual.isNumber() ? " (usually " + figure(usual, n) + ")" : "");
    }

    private static String figure(JsonNode value, JsonNode n) {
        BigDecimal number = value.decimalValue();
        if (n.isNumber()) {
            return number.movePointRight(2)
                            .setScale(1, RoundingMode.HALF_EVEN)
                            .stripTrailingZeros()
                            .toPlainString() + " %";
        }
        return Figures.number(number);
    }

    private String parts() {
        List<String> parts = new ArrayList<>();
        alert.path("parts").forEach(part -> parts.add(part.asText()));
        return String.join("; ", parts.subList(0, Math.min(MOST_PARTS, parts.size())));
    }

    private String text(String name) {
        return alert.path(name).isTextual() ? alert.path(name).asText() : "";
    }
}
