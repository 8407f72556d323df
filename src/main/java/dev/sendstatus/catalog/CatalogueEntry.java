package dev.sendstatus.catalog;

import dev.sendstatus.event.Provider;

/**
 * The catalogue's entry of one code.
 *
 * @param title the provider's own name for it
 * @param meaning the cause, in our words
 * @param advice the remedy and the person or firm that has it, a sentence; never empty
 * @param ownAdvice whether the advice is of this code, not of its category
 * @param charged in the usual case; {@link Catalogue#meaning} knows how the provider's status changes it
 * @param chargedAlways the operator's file says so, whatever the status
 * @param retryable whether the same message may get through later, with nothing changed
 * @param source where this was found
 */
public record CatalogueEntry(
        Provider provider,
        String code,
        String title,
        String meaning,
        String advice,
        boolean ownAdvice,
        Category category,
        Charged charged,
        boolean chargedAlways,
        boolean retryable,
        String source) {

    public CatalogueEntry {
        if (code.isEmpty() || title.isEmpty() || meaning.isEmpty() || advice.isEmpty() || source.isEmpty()) {
            throw new IllegalArgumentException("an entry has no empty texts: " + provider + " " + code);
        }
    }
}
