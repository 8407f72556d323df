package dev.sendstatus.alert;

import java.util.Locale;

/** All rules by their words, as in alerts and in {@code alerts.off}. */
public enum RuleName {
    SILENCE,
    REFUSED,
    DELIVERY_RATE,
    SPAM_FILTER,
    OPT_OUT,
    SLOW_RECEIPTS,
    NEVER_REPORTED,
    QUARANTINE,
    NEW_ERROR_CODE,
    RELAY,
    APPLY_BEHIND,
    STORAGE,
    RECONCILE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it says nothing of an account for which nothing comes, or everything is refused: that one cause is told once. */
    boolean mutedBySilence() {
        return switch (this) {
            case DELIVERY_RATE, SPAM_FILTER, OPT_OUT, SLOW_RECEIPTS, NEVER_REPORTED -> true;
            default -> false;
        };
    }
}
