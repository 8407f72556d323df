package dev.sendstatus.config;

import dev.sendstatus.event.SendStatus;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Texts to values. What does not fit is {@link Unfit} with its remedy. */
final class Reading {
    private static final String DURATION_REMEDY =
            " is no duration: write it like PT6H (six hours), PT5M, PT1.5S or P30D";

    private Reading() {}

    static int integer(String text, int least, int most) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new Unfit(quoted(text) + " is no whole number: write one from " + least + " to " + most);
        }
        throw new Unfit(quoted(text) + " is out of range: write a number from " + least + " to " + most);
    }

    /** Longer than nothing. */
    static Duration duration(String text) {
        Duration value;
        try {
            value = Duration.parse(text.strip());
        } catch (DateTimeException | ArithmeticException e) {
            throw new Unfit(quoted(text) + DURATION_REMEDY + nearestDuration(text));
        }
        if (value.isZero() || value.isNegative()) {
            throw new Unfit(quoted(text) + " is not longer than nothing: write a duration like PT5M");
        }
        return value;
    }

    private static String nearestDuration(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        for (String candidate : List.of("PT" + upper, "P" + upper, "PT" + upper + "S")) {
            try {
                Duration.parse(candidate);
                return "; did you mean \"" + candidate + "\"?";
            } catch (DateTimeException | ArithmeticException notThis) {
                continue;
            }
        }
        // Months and years have no fixed length, and Java's durations know no weeks.
        return upper.startsWith("P") ? "; weeks, months and years are to be written in days" : "";
    }

    static LocalTime timeOfDay(String text) {
        try {
            return LocalTime.parse(text.strip());
        } catch (DateTimeException e) {
            throw new Unfit(quoted(text) + " is no time of day: write it with two digits each, like 06:00 or 18:30");
        }
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw new Unfit(quoted(text) + " is no time zone: write one like UTC, Europe/Berlin or America/New_York"
                    + Nearest.question(text, ZoneId.getAvailableZoneIds()));
        }
    }

    static SendStatus unconfirmedStatus(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "SENT" -> SendStatus.SENT;
            case "ERROR" -> SendStatus.ERROR;
            default -> throw new Unfit(quoted(text) + " is neither SENT nor ERROR: write one of them");
        };
    }

    static boolean yesOrNo(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Unfit(quoted(text) + " is neither true nor false: write one of them");
        };
    }

    /** Without its trailing slash. Never quoted in a message, since a URL can hold a password. */
    static URI webAddress(String text) {
        URI url;
        try {
            url = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new Unfit("is no URL (something is wrong at character " + (e.getIndex() + 1)
                    + "): write it like https://status.example.com");
        }
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null) {
            throw new Unfit("is no http or https URL with a host: write it like https://status.example.com");
        }
        if (url.getRawUserInfo() != null) {
            throw new Unfit("holds a user name: write the URL without what stands before the @");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new Unfit("holds a ? or #: write the URL without them and what follows");
        }
        String stripped = url.toString();
        return stripped.endsWith("/") ? URI.create(stripped.substring(0, stripped.length() - 1)) : url;
    }

    /** A bearer token is sent in a header, so it is visible ASCII. */
    static String token(String text) {
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new Unfit("holds a blank or a character that no header can carry: use letters, digits, - and _");
        }
        return text;
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
