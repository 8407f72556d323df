package dev.sendstatus.provider;

import com.ethlo.time.ITU;
import com.ethlo.time.LeapSecondException;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that providers write: {@code 2020-06-25T18:42:36.979Z}, with 0 to 9 fraction digits (Bandwidth leaves out
 * trailing groups of zeros, Telnyx writes three or six) and {@code Z} or an offset. By a library of its own, because several are
 * read for each event: {@code java.time}'s formatter took more of a Telnyx callback's time than its signature. A broken one is no
 * exception but a time that is not known.
 */
public final class Rfc3339 {
    private static final int AFTER_THE_DATE = "2020-06-25".length();
    private static final int SECOND = "2020-06-25T18:42:".length();
    private static final String OFFSET_NOT_KNOWN = "-00:00";

    private Rfc3339() {}

    /** Null for anything that is no such time between the years 1970 and 9999. */
    public static @Nullable Instant read(@Nullable String text) {
        // RFC 3339, unlike the library, has no blank between date and time.
        if (text == null || text.length() <= AFTER_THE_DATE || text.charAt(AFTER_THE_DATE) == ' ') {
            return null;
        }
        // That is UTC as well, only that the library refuses it.
        String utc = text.endsWith(OFFSET_NOT_KNOWN) ? text.replace(OFFSET_NOT_KNOWN, "Z") : text;
        ParsePosition end = new ParsePosition(0);
        try {
            OffsetDateTime time = ITU.parseDateTime(utc, end);
            return end.getIndex() < utc.length() || time.getYear() < 1970 ? null : time.toInstant();
        } catch (LeapSecondException e) {
            // RFC 3339 allows it and java.time does not: it becomes the second after it.
            Instant before = read(utc.substring(0, SECOND) + "59" + utc.substring(SECOND + 2));
            return before == null ? null : before.plusSeconds(1);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
