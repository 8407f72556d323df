package dev.sendstatus.store;

/**
 * The outcomes of some outbound messages, as known when they had settled.
 *
 * @param failed for another reason than the next two
 * @param spamFilter taken for spam
 * @param optOut refused because the recipient wants nothing more
 * @param late without a final report after a time that is long for their account
 */
public record OutcomeCounts(long messages, long failed, long spamFilter, long optOut, long late) {
    public static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0, 0, 0);

    /** A bad outcome of a message. */
    public enum Kind {
        FAILED,
        SPAM_FILTER,
        OPT_OUT,
        LATE
    }

    public OutcomeCounts plus(OutcomeCounts other) {
        return new OutcomeCounts(
                messages + other.messages,
                failed + other.failed,
                spamFilter + other.spamFilter,
                optOut + other.optOut,
                late + other.late);
    }

    public long of(Kind kind) {
        return switch (kind) {
            case FAILED -> failed;
            case SPAM_FILTER -> spamFilter;
            case OPT_OUT -> optOut;
            case LATE -> late;
        };
    }

    /** From 0 to 1; 0 of no messages. */
    public double share(Kind kind) {
        return messages == 0 ? 0 : (double) of(kind) / messages;
    }
}
