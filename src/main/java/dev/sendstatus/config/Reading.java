package dev.sendstatus.config;

import dev.sendstatus.event.SendStatus;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Texts to values. A text that does not fit is {@link Unfit} with its remedy, which never quotes it: it may be a secret. */
final class Reading {
    private Reading() {}

    static int integer(String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new Unfit("is no whole number: write one from " + least + " to " + most);
        }
        throw new Unfit("is out of range: write a number from " + least + " to " + most);
    }

    /** Longer than nothing. */
    static Duration duration(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        String meant = upper.matches("[0-9]{1,4}D") ? "P" + upper : "PT" + upper;
        return duration(
                text,
                "like PT6H (six hours), PT5M, PT1.5S or P30D, and weeks, months and years in days",
                upper.matches("[0-9]{1,4}[DHMS]") ? meant : "");
    }

    /** The age at which something is deleted. The suggestion is never shorter than the time that can be meant. */
    static Duration age(String text) {
        String days = text.replaceFirst("[dD]$", "");
        return duration(text, "in days, like P30D", days.matches("[0-9]{1,4}") ? "P" + days + "D" : "");
    }

    /** @param meant the duration that such a text most likely means; empty for none */
    private static Duration duration(String text, String example, String meant) {
        Duration value;
        try {
            value = Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new Unfit("is no duration: write it " + example
                    + (meant.isEmpty() ? "" : "; did you mean \"" + meant + "\"?"));
        }
        if (value.isZero() || value.isNegative()) {
            throw new Unfit("is not longer than nothing: write a duration like PT5M");
        }
        return value;
    }

    static LocalTime timeOfDay(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new Unfit("is no time of day: write it with two digits each, like 06:00 or 18:30");
        }
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new Unfit("is no time zone: write one like UTC, Europe/Berlin or America/New_York"
                    + Nearest.question(text, ZoneId.getAvailableZoneIds()));
        }
    }

    static SendStatus unconfirmedStatus(String text) {
        return isSecond(text.toUpperCase(Locale.ROOT), "SENT", "ERROR") ? SendStatus.ERROR : SendStatus.SENT;
    }

    static boolean yesOrNo(String text) {
        return !isSecond(text.toLowerCase(Locale.ROOT), "true", "false");
    }

    /** Whether it is the second of two words. */
    static boolean isSecond(String text, String first, String second) {
        if (!text.equals(first) && !text.equals(second)) {
            throw new Unfit("is neither " + first + " nor " + second + ": write one of them");
        }
        return text.equals(second);
    }

    /** One of the constants, by its name in lower case. */
    static <E extends Enum<E>> E word(String text, E[] all) {
        Map<String, E> words = words(all);
        E found = words.get(text);
        if (found == null) {
            throw new Unfit("is none that is known: write of " + String.join(", ", words.keySet())
                    + Nearest.question(text, words.keySet()));
        }
        return found;
    }

    /** The constants in their order, by their names in lower case. */
    static <E extends Enum<E>> Map<String, E> words(E[] all) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E one : all) {
            words.put(one.name().toLowerCase(Locale.ROOT), one);
        }
        return words;
    }

    /** Null where it is empty. */
    static @Nullable String optional(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A URL without its trailing slash. */
    static URI webAddress(String text) {
        URI url;
        try {
            url = new URI(text);
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

    /** The host of a URL that is a secret: {@code https://hooks.slack.com/…}. */
    static String hostOf(String url) {
        HttpUrl parsed = HttpUrl.parse(url);
        return parsed == null ? EffectiveValue.HIDDEN : parsed.scheme() + "://" + parsed.host() + "/…";
    }

    /** A bearer token is sent in a header, so it is visible ASCII. */
    static String token(String text) {
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new Unfit("holds a blank or a character that no header can carry: use letters, digits, - and _");
        }
        return text;
    }
}
