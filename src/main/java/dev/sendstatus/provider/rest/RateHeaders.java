package dev.sendstatus.provider.rest;

import dev.sendstatus.provider.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The time at which a provider wants to be asked again, by the headers of its answer. */
final class RateHeaders {
    /** Telnyx's pages disagree whether a reset is seconds to go or a Unix time; beyond this it can only be the latter. */
    private static final long UNIX_TIME = 1_000_000_000L;

    private static final int MOST_DIGITS = 12;

    private RateHeaders() {}

    /** How long to wait from now on; zero if there is no need, or nothing is said that makes sense. */
    static Duration pause(RestAnswer.Answered answer, Instant now) {
        Duration retryAfter = retryAfter(answer.header("Retry-After"), now);
        if (retryAfter != null && !retryAfter.isZero()) {
            return retryAfter;
        }
        // Nothing is left of this period's calls: the next one would be refused.
        if (number(answer.header("x-ratelimit-remaining")) == 0) {
            return until(number(answer.header("x-ratelimit-reset")), now);
        }
        return Duration.ZERO;
    }

    /** Seconds, or a date as HTTP writes it. Null if it is absent or neither: the caller waits by its own measure. */
    static @Nullable Duration retryAfter(@Nullable String value, Instant now) {
        long seconds = number(value);
        if (seconds >= 0) {
            return until(seconds, now);
        }
        if (value == null) {
            return null;
        }
        try {
            return positive(Duration.between(
                    now,
                    ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Duration until(long seconds, Instant now) {
        if (seconds < 0) {
            return Duration.ZERO;
        }
        return seconds < UNIX_TIME
                ? Duration.ofSeconds(seconds)
                : positive(Duration.between(now, Instant.ofEpochSecond(seconds)));
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** -1 if it is none. */
    private static long number(@Nullable String text) {
        String digits = text == null ? "" : text.strip();
        if (digits.isEmpty() || digits.length() > MOST_DIGITS || !Words.isDigits(digits)) {
            return -1;
        }
        return Long.parseLong(digits);
    }
}
