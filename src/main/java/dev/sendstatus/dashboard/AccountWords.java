package dev.sendstatus.dashboard;

import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.AccountActivity;
import org.jspecify.annotations.Nullable;

/** How pages describe the callbacks of an account. */
final class AccountWords {
    private AccountWords() {}

    /** @param silence null where there is no such account, but a provider's refusals that belong to none */
    static Badge badge(@Nullable Silence silence) {
        if (silence == null) {
            return new Badge("no account", Kind.WARNING);
        }
        return switch (silence.basis()) {
            case NEVER_HEARD -> new Badge("never heard", Kind.PLAIN);
            case RECENT -> new Badge("heard", Kind.GOOD);
            case USUAL, NOTHING_TO_COMPARE -> new Badge("quiet", Kind.PLAIN);
            case UNUSUAL, SENDS_UNANSWERED -> new Badge("silent", Kind.BAD);
        };
    }

    /** Why a request was refused, by the word of the API. */
    static String reason(String word) {
        return switch (word) {
            case "missing" -> "no signature or password";
            case "wrong" -> "the signature or the password does not fit";
            case "stale" -> "the signature is of another time";
            case "foreign" -> "the signature is of another account";
            default -> word;
        };
    }

    /** How many requests were refused. */
    static long refused(@Nullable AccountActivity seen) {
        return seen == null
                ? 0
                : seen.refused().values().stream().mapToLong(Long::longValue).sum();
    }
}
