package dev.sendstatus.register;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of one item, each checked as it is taken; a mistake names the field and the values that it takes, never its value. */
final class SendFields {
    static final List<String> KNOWN = List.of(
            "provider",
            "account",
            "id",
            "to",
            "from",
            "sent_at",
            "reference",
            "campaign",
            "tags",
            "link_domains",
            "segments",
            "error_code");
    static final String NAMES = String.join(", ", KNOWN);

    /** A text that looks like a name may be repeated in an answer. Any other could be part of a message's text. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    /** No provider takes a send more than 35 days ahead (Twilio); a later time is a slip, and the message would be found stuck too late. */
    private static final Duration FARTHEST_AHEAD = Duration.ofDays(36);

    /** How the text of a field is understood. */
    @FunctionalInterface
    interface Reading {
        String of(String cell) throws Written.Unusable;
    }

    private final JsonNode item;
    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> wrong = new HashSet<>();

    SendFields(JsonNode item) {
        this.item = item;
        for (Iterator<String> names = item.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KNOWN.contains(name)) {
                mistakes.add(quoted(name) + " is no field; the fields are " + NAMES);
            }
        }
    }

    static String quoted(String name) {
        return NAME.matcher(name).matches() ? "\"" + name + "\"" : "a key that is no name";
    }

    /** Those found so far; more may be added. */
    List<String> mistakes() {
        return mistakes;
    }

    boolean isWrong(String name) {
        return wrong.contains(name);
    }

    private void mistake(String name, String what) {
        wrong.add(name);
        mistakes.add(name + " " + what);
    }

    @Nullable
    String required(String name, int longest, Reading reading) {
        String text = text(name, longest, reading);
        if (text == null && !isWrong(name)) {
            mistake(name, "is missing");
        }
        return text;
    }

    /** Null if it is absent, null, empty, or wrong. */
    @Nullable
    String text(String name, int longest, Reading reading) {
        JsonNode value = item.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            mistake(name, "is text in quotes");
            return null;
        }
        return checked(name, value.textValue(), longest, reading);
    }

    private @Nullable String checked(String name, String cell, int longest, Reading reading) {
        try {
            String text = reading.of(cell);
            if (text.length() > longest) {
                mistake(name, "has " + longest + " characters at the most");
                return null;
            }
            return text.isEmpty() ? null : text;
        } catch (Written.Unusable e) {
            mistake(name, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** A code is text, and is taken as a number as well, since all providers' own are digits. */
    @Nullable
    String code(String name, int longest) {
        JsonNode value = item.path(name);
        return value.isIntegralNumber()
                ? checked(name, value.asText(), longest, Written::name)
                : text(name, longest, Written::name);
    }

    /** A list of texts, or one text; empty if it is absent or wrong. */
    List<String> list(String name, int most, int longest, Reading reading) {
        JsonNode value = item.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (value.isTextual()) {
            String text = checked(name, value.textValue(), longest, reading);
            return text == null ? List.of() : List.of(text);
        }
        if (!value.isArray() || value.size() > most) {
            mistake(name, "is a list of up to " + most + " texts");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            String text = element.isTextual() ? checked(name, element.textValue(), longest, reading) : null;
            if (isWrong(name)) {
                return List.of();
            }
            if (text == null) {
                mistake(name, "is a list of texts, none of them empty");
                return List.of();
            }
            texts.add(text);
        }
        return texts;
    }

    /** A whole number from 1, or 0 if it is absent or wrong. */
    int number(String name, int most) {
        JsonNode value = item.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > most) {
            mistake(name, "is a whole number from 1 to " + most);
            return 0;
        }
        return value.intValue();
    }

    @Nullable
    Instant time(String name, Instant now) {
        String text = text(name, 64, Written::text);
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (time.isBefore(EARLIEST) || time.isAfter(now.plus(FARTHEST_AHEAD))) {
                mistake(name, "is a time from the year 2000 to " + FARTHEST_AHEAD.toDays() + " days from now");
                return null;
            }
            return time.truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException e) {
            mistake(name, "is a time like 2026-11-25T12:00:00Z, with its offset");
            return null;
        }
    }
}
