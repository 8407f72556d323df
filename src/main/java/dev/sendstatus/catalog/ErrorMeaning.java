package dev.sendstatus.catalog;

import dev.sendstatus.event.Provider;

/**
 * The meaning of a code that came with a message.
 *
 * @param known false for a code that the catalogue lacks: its texts say so
 * @param charged with the provider's status taken into account
 * @param retryable whether the same message may get through later, with nothing changed
 */
public record ErrorMeaning(
        Provider provider,
        String code,
        boolean known,
        String title,
        String meaning,
        String advice,
        Category category,
        Charged charged,
        boolean retryable,
        String source) {

    /** The same, charged or not. */
    public ErrorMeaning charged(Charged otherwise) {
        return new ErrorMeaning(provider, code, known, title, meaning, advice, category, otherwise, retryable, source);
    }

    static ErrorMeaning of(CatalogueEntry entry, Charged charged) {
        return new ErrorMeaning(
                entry.provider(),
                entry.code(),
                true,
                entry.title(),
                entry.meaning(),
                entry.advice(),
                entry.category(),
                charged,
                entry.retryable(),
                entry.source());
    }

    static ErrorMeaning unknown(Provider provider, String code, Charged charged) {
        return new ErrorMeaning(
                provider,
                code,
                false,
                "Unknown code",
                "The catalogue does not hold this code of " + provider + ".",
                "You: look the code up in the provider's documentation, and add it to your own file of codes (errors.file).",
                Category.UNKNOWN,
                charged,
                false,
                "none");
    }
}
