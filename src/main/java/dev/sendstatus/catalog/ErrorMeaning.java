package dev.sendstatus.catalog;

import dev.sendstatus.event.Provider;
import java.util.Comparator;

/**
 * The meaning of a code, as the catalogue has it or as it came with a message.
 *
 * @param known false for a code that the catalogue lacks: its texts say so
 * @param title the provider's own name for it
 * @param meaning the cause, in our words
 * @param advice the remedy and the person or firm that has it, a sentence; never empty
 * @param ownAdvice whether the advice is of this code, not of its category
 * @param charged in the usual case; of a message, with the provider's status taken into account
 * @param chargedAlways the operator's file says so, whatever the status
 * @param retryable whether the same message may get through later, with nothing changed
 * @param source where this was found
 */
public record ErrorMeaning(
        Provider provider,
        String code,
        boolean known,
        String title,
        String meaning,
        String advice,
        boolean ownAdvice,
        Category category,
        Charged charged,
        boolean chargedAlways,
        boolean retryable,
        String source) {

    /** Codes are digits, shorter ones before longer ones, as people count them. */
    public static final Comparator<ErrorMeaning> BY_CODE = Comparator.comparing(ErrorMeaning::provider)
            .thenComparing(meaning -> meaning.code().length())
            .thenComparing(ErrorMeaning::code);

    public ErrorMeaning {
        if (title.isEmpty() || meaning.isEmpty() || advice.isEmpty() || source.isEmpty()) {
            throw new IllegalArgumentException("a code has no empty texts: " + provider + " " + code);
        }
    }

    /** The same, charged or not. */
    public ErrorMeaning charged(Charged otherwise) {
        return new ErrorMeaning(
                provider,
                code,
                known,
                title,
                meaning,
                advice,
                ownAdvice,
                category,
                otherwise,
                chargedAlways,
                retryable,
                source);
    }

    static ErrorMeaning unknown(Provider provider, String code) {
        return new ErrorMeaning(
                provider,
                code,
                false,
                "Unknown code",
                "The catalogue does not hold this code of " + provider + ".",
                "You: look the code up in the provider's documentation, and add it to your own file of codes (errors.file).",
                true,
                Category.UNKNOWN,
                Charged.UNKNOWN,
                false,
                false,
                "none");
    }
}
