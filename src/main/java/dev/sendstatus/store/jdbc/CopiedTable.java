package dev.sendstatus.store.jdbc;

import java.util.Locale;

/**
 * All tables that a copy of a database consists of. A start makes everything else: the counters of numbers, and the rows of the
 * background jobs; and people sign in to the dashboard again. The first columns of each are its key, in which order it is read.
 */
public enum CopiedTable {
    ACCOUNT(1, false),
    CALLBACK(1, true),
    INBOX(1, false),
    QUARANTINED_MESSAGE(2, true),
    MESSAGE(1, true),
    RECIPIENT(2, true),
    EVENT(1, true),
    MESSAGE_TAG(2, true),
    MESSAGE_LINK_DOMAIN(2, true),
    STUCK(1, false),
    ERROR_CODE(2, false),
    CHARGE_RULE(2, false),
    ERROR_SEEN(2, false),
    REFUSED(3, false),
    TRAFFIC(2, false),
    LOOKUP(2, false),
    REPORT(1, false),
    TOKEN(1, false),
    FEED(1, false),
    RELAY_ENDPOINT(1, false),
    RELAY_DELIVERY(2, false),
    NOTICE(2, false),
    ALERT(1, false),
    OUTCOME(4, false),
    OUTCOME_BATCH(4, false),
    RECEIPT_TIME(3, false),
    COUNTED(2, false),
    NOTED(3, false),
    API_REFUSED(2, false);

    private final int keys;
    private final boolean large;

    CopiedTable(int keys, boolean large) {
        this.keys = keys;
        this.large = large;
    }

    /** How many columns, from the first, are the key. */
    public int keys() {
        return keys;
    }

    /** Whether it may have so many rows that a copy goes on where it was cut short. The others are copied again. */
    public boolean large() {
        return large;
    }

    /** As SQL names it. */
    public String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For a person: {@code error seen}. */
    public String word() {
        return table().replace('_', ' ');
    }

    /** Whether a start of the server fills it, so that rows in it say nothing. */
    boolean filledByAStart() {
        return switch (this) {
            case ACCOUNT, ERROR_CODE, CHARGE_RULE, FEED, RELAY_ENDPOINT, NOTED -> true;
            default -> false;
        };
    }
}
