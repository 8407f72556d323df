package dev.sendstatus.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as people and programs write them, to the API and on the command line alike. A day is one in UTC. */
public final class Times {
    /** For the descriptions of what takes a time. */
    public static final String EXAMPLES = "2026-11-25T12:00:00Z, 2026-11-25, yesterday, 24h";

    private static final String MOMENT =
            "a time like 2026-11-25T12:00:00Z, a day like 2026-11-25, today, yesterday, or an age like 24h or 7d";
    private static final String AHEAD =
            "a time like 2026-11-25T12:00:00Z, a day like 2026-11-25 (its end), or a length of time like 4h or 7d";
    private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final int DAY_LENGTH = "2026-11-25".length();

    private Times() {}

    /** As the API writes it; null for none. */
    public static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /**
     * A moment; of a day its beginning, of an age the time that lies so long before now.
     *
     * @param name of the parameter, with which a complaint begins
     */
    public static Instant moment(String name, String text, Instant now) throws WrongParameter {
        return moment(name, text, now, false);
    }

    /** As {@link #moment}; of a day its end. */
    public static Instant end(String name, String text, Instant now) throws WrongParameter {
        return moment(name, text, now, true);
    }

    private static Instant moment(String name, String text, Instant now, boolean wholeDay) throws WrongParameter {
        String word = text.strip();
        try {
            LocalDate day = day(word, LocalDate.ofInstant(now, ZoneOffset.UTC));
            Duration age = age(word);
            Instant time = day != null
                    ? day.plusDays(wholeDay ? 1 : 0)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : age != null ? now.minus(age) : instant(word);
            if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(name, MOMENT, text);
        }
        throw wrong(name, MOMENT, text);
    }

    /** A moment to come; of a length of time the time that lies so long after now, of a day its end. */
    public static Instant ahead(String name, String text, Instant now) throws WrongParameter {
        Duration length = age(text.strip());
        Instant time;
        try {
            time = length != null ? now.plus(length) : moment(name, text, now, true);
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(name, AHEAD, text);
        }
        if (!time.isAfter(now) || !time.isBefore(LATEST)) {
            throw new WrongParameter(name + " must lie ahead: " + AHEAD + ", not \"" + text + "\".");
        }
        return time;
    }

    /** A calendar day. @param today where it is asked for */
    public static LocalDate day(String name, String text, LocalDate today) throws WrongParameter {
        LocalDate day = day(text.strip(), today);
        if (day == null) {
            throw wrong(name, "a day like 2026-11-25, today or yesterday", text);
        }
        return day;
    }

    /** A length of time: {@code 6h}, {@code 90m}, {@code 2d}, {@code 6 d 18 h}, or {@code PT6H} as in the configuration. */
    public static Duration age(String name, String text) throws WrongParameter {
        Duration age = age(text.strip());
        if (age == null) {
            throw wrong(name, "an age like 6h, 90m or 2d", text);
        }
        return age;
    }

    private static @Nullable LocalDate day(String word, LocalDate today) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "today" -> today;
            case "yesterday" -> today.minusDays(1);
            default -> date(word);
        };
    }

    private static @Nullable LocalDate date(String word) {
        try {
            return word.length() == DAY_LENGTH ? LocalDate.parse(word) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Duration age(String word) {
        String upper = word.toUpperCase(Locale.ROOT).replace(" ", "").replace("MIN", "M");
        int days = upper.indexOf('D') + 1;
        String iso = upper.startsWith("P")
                ? upper
                : "P" + upper.substring(0, days) + (days == upper.length() ? "" : "T" + upper.substring(days));
        try {
            Duration age = Duration.parse(iso);
            return age.isNegative() || upper.contains("-") || upper.contains("+") ? null : age;
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** In a URL a plus that was not encoded arrives as a blank; people put one between day and time. */
    private static Instant instant(String word) {
        String spaced = word.length() > DAY_LENGTH && word.charAt(DAY_LENGTH) == ' '
                ? word.substring(0, DAY_LENGTH) + 'T' + word.substring(DAY_LENGTH + 1)
                : word;
        return OffsetDateTime.parse(spaced.replace(' ', '+')).toInstant();
    }

    private static WrongParameter wrong(String name, String what, String text) {
        return new WrongParameter(name + " is " + what + ", not \"" + text + "\".");
    }
}
