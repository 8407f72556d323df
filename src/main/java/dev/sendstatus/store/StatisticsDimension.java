package dev.sendstatus.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A dimension by which messages are grouped. */
public enum StatisticsDimension {
    PROVIDER,
    ACCOUNT,
    FROM,
    CAMPAIGN,
    TAG,
    LINK_DOMAIN,
    CARRIER,
    ERROR_CODE,
    CATEGORY,
    HOUR,
    DAY;

    /** As in parameters and answers: {@code link_domain}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its groups are stretches of time, in UTC. */
    public boolean time() {
        return this == HOUR || this == DAY;
    }

    /** Whether two providers may use the same word for different things. */
    public boolean perProvider() {
        return this == ACCOUNT || this == ERROR_CODE;
    }

    /** Empty for any other word. */
    public static Optional<StatisticsDimension> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
