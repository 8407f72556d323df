package dev.sendstatus.alert;

import dev.sendstatus.store.OutcomeCounts;
import java.time.Duration;
import java.util.List;

/** From when on something is an alert: all of these numbers stand here, each with its reason. */
final class Thresholds {

    // When messages have settled.

    /** Most receipts come within seconds; for five minutes a rate is mostly of those that failed at once. */
    static final Duration SETTLED_AT_LEAST = Duration.ofMinutes(5);
    /** An account whose receipts take longer is judged by the receipts that it has by then: a warning must not wait for half a day. */
    static final Duration SETTLED_AT_MOST = Duration.ofHours(2);

    static final double SETTLED_SHARE = 0.95;
    /** By then the times that receipts take are complete as far as they matter. */
    static final Duration RECEIPT_TIMES_AFTER = SETTLED_AT_MOST;

    /** How far back an account's receipt times are looked at: a week has each of its days. */
    static final int RECEIPT_TIME_DAYS = 7;
    /** Fewer final reports say nothing about the slowest twentieth of them. */
    static final long RECEIPTS_AT_LEAST = 100;
    /** The steps in which receipt times are kept: 1.5 apart, so that a p95 is at most that much too long. */
    static final List<Duration> RECEIPT_TIME_STEPS = List.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(100),
            Duration.ofSeconds(150),
            Duration.ofSeconds(200),
            Duration.ofMinutes(5),
            Duration.ofSeconds(450),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofMinutes(45),
            Duration.ofMinutes(60),
            Duration.ofMinutes(90),
            Duration.ofMinutes(120));

    // When a rate is worse than usual.

    /** Of fewer messages one failure more or less is two points and more. */
    static final long MESSAGES = 50;
    /** Fewer bad ones are an accident, whatever their share. */
    static final long BAD = 10;
    /** Of the bounds: one in twenty, on each side half. A false alarm needs two looks, and a worst day, besides. */
    static final double ERROR_RATE = 0.05;
    /** How much worse at least, in shares: five points. */
    static final double MARGIN = 0.05;
    /** Opt-outs are seldom, and each is the complaint of a person. */
    static final double OPT_OUT_MARGIN = 0.02;
    /** How many days a key is compared with. */
    static final int DAYS = 28;
    /** Days with fewer messages have extreme rates by chance. */
    static final long COMPARABLE_DAY = MESSAGES;
    /** Two weeks without their weekends: fewer days do not show the usual rate and its scatter. */
    static final int COMPARABLE_DAYS = 10;
    /** A look spans so long at least: what goes wrong for a minute or two is over before anybody reads of it. */
    static final Duration LOOK = Duration.ofMinutes(3);
    /** Messages that are older say nothing about now. */
    static final Duration LATELY = Duration.ofHours(48);
    /** If every fifth message is taken for spam, something is wrong, whatever is usual. */
    static final double SPAM_SHARE = 0.20;
    /** Receipts are late when they take longer than usual by this factor… */
    static final int LATE_FACTOR = 3;
    /** …and slow when so many are late: the p95 itself leaves one in twenty. */
    static final double LATE_SHARE = 0.15;
    /** So many keys at most are looked at, those with the most bad messages first: beyond that, all is wrong. */
    static final int KEYS = 500;

    // How messages are counted.

    /** The least messages in a batch of recent ones: a look begins at a batch. */
    static final int BATCH = 10;
    /** Into so many batches at most goes what settles at once: two looks must fit in. */
    static final int BATCHES_AT_ONCE = 10;

    // The other rules.

    static final Duration REFUSED_WITHIN = Duration.ofMinutes(15);
    /** Strangers try one or two; a wrong key refuses all. */
    static final long REFUSED = 10;

    static final double REFUSED_SHARE = 0.20;
    /** A handful is given up each day. */
    static final long NEVER_REPORTED = 20;

    static final int NEVER_REPORTED_FACTOR = 3;
    /** A callback that came before an upgrade is replayed within that time. */
    static final Duration QUARANTINE = Duration.ofMinutes(15);
    /** A code that has not been seen for a week is over. */
    static final Duration NEW_CODE = Duration.ofDays(7);
    /** A receiver that is restarted comes back within that time. */
    static final Duration RELAY = Duration.ofMinutes(2);

    static final Duration APPLY_BEHIND = Duration.ofSeconds(60);
    static final double DISK_FREE = 0.10;
    /** Time to get another disk. */
    static final Duration DISK_FULL_WITHIN = Duration.ofDays(7);

    static final Duration DISK_RATE_OVER = Duration.ofDays(7);
    /** The first days of a new database, with an import perhaps, are no rate. */
    static final Duration DISK_RATE_AT_LEAST = Duration.ofDays(3);

    // The life of an alert.

    /** It ends when it was not seen for that long: one that comes and goes is one alert, told once. */
    static final Duration CALM = Duration.ofMinutes(15);
    /** How long one that ended is kept. */
    static final Duration KEPT = Duration.ofDays(90);

    private Thresholds() {}

    static double margin(OutcomeCounts.Kind kind) {
        return kind == OutcomeCounts.Kind.OPT_OUT ? OPT_OUT_MARGIN : MARGIN;
    }
}
