package dev.sendstatus.report;

import java.time.Duration;
import java.util.Locale;

/** Steps of the time that messages have been waiting, as a person tells them apart. The API uses the lower-case name. */
public enum AgeBucket {
    UNDER_6_HOURS("under 6 hours", Duration.ofHours(6)),
    UNDER_12_HOURS("6 to 12 hours", Duration.ofHours(12)),
    UNDER_1_DAY("12 to 24 hours", Duration.ofDays(1)),
    UNDER_2_DAYS("1 to 2 days", Duration.ofDays(2)),
    UNDER_4_DAYS("2 to 4 days", Duration.ofDays(4)),
    UNDER_7_DAYS("4 to 7 days", Duration.ofDays(7)),
    OLDER("7 days or longer", Duration.ofSeconds(Long.MAX_VALUE));

    private final String text;
    private final Duration below;

    AgeBucket(String text, Duration below) {
        this.text = text;
        this.below = below;
    }

    static AgeBucket of(long ageSeconds) {
        for (AgeBucket bucket : values()) {
            if (ageSeconds < bucket.below.toSeconds()) {
                return bucket;
            }
        }
        return OLDER;
    }

    public String text() {
        return text;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
