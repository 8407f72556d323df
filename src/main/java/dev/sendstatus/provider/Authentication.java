package dev.sendstatus.provider;

import dev.sendstatus.event.AccountName;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a request proves where it comes from. */
public sealed interface Authentication {

    /** It comes from that account. */
    record Accepted(AccountName account) implements Authentication {}

    /** It does not: nothing of it may be stored. */
    record Refused(Reason reason) implements Authentication {}

    /** Why a request was refused; the lower-case name is a metric's label. */
    enum Reason {
        /** No signature or credentials at all. */
        MISSING,
        /** They do not fit, or are not well formed. */
        WRONG,
        /** A good signature whose time is too far from now. */
        STALE,
        /** They belong to an account other than the one that the request speaks of. */
        FOREIGN
    }

    /**
     * The first account, or the first secret of one, that fits; null if none does. All are tried, so that the time does not tell which one
     * it is.
     */
    static <T> @Nullable T fitting(List<T> candidates, Predicate<T> fits) {
        T first = null;
        for (T candidate : candidates) {
            boolean fitting = fits.test(candidate);
            first = first == null && fitting ? candidate : first;
        }
        return first;
    }
}
