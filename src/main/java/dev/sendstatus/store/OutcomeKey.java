package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import java.time.Instant;
import java.util.Locale;

/**
 * Messages that are counted together: all of an account, or those of one of its senders, link domains, carriers or campaigns.
 *
 * @param name of the sender and so on; empty where all of an account are meant
 */
public record OutcomeKey(AccountName account, Dimension dimension, String name) {
    private static final long HOUR_MILLIS = 3_600_000;

    /** The thing that the messages have in common. The words are those of filters and statistics. */
    public enum Dimension {
        ACCOUNT,
        FROM,
        LINK_DOMAIN,
        CARRIER,
        CAMPAIGN,
        /** All of an account, counted by whether their final report was late. */
        RECEIPTS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static OutcomeKey of(AccountName account) {
        return new OutcomeKey(account, Dimension.ACCOUNT, "");
    }

    /** The hour of a time, counted from 1970: histories have a row for each. */
    public static long hour(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), HOUR_MILLIS);
    }

    /** Whether all messages of the account are meant. */
    public boolean whole() {
        return name.isEmpty();
    }

    /** Without the account: {@code from=+12025550123}. */
    public String part() {
        return dimension.word() + "=" + name;
    }

    /** {@code twilio/main}, {@code twilio/main from=+12025550123}. */
    @Override
    public String toString() {
        return whole() ? account.toString() : account + " " + part();
    }
}
