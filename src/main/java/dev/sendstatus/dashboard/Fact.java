package dev.sendstatus.dashboard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A named fact about a thing. @param moment null where {@code text} is the value */
public record Fact(
        String name,
        String text,
        @Nullable String href,
        @Nullable Moment moment) {

    static Fact text(String name, String text) {
        return new Fact(name, text, null, null);
    }

    /** A time; a dash where there is none. */
    static Fact moment(String name, @Nullable Instant time, Instant now) {
        return new Fact(name, "–", null, Moment.orNull(time, now));
    }
}
