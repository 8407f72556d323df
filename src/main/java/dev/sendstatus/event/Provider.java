package dev.sendstatus.event;

/**
 * A texting provider, named by one lower-case word that also names its package, its fixtures and its URL: {@code telnyx}.
 * It is a value and not an enum so that a new provider is a new folder, not an edit here.
 */
public record Provider(String word) implements Comparable<Provider> {

    public Provider {
        if (word.isEmpty() || !word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            throw new IllegalArgumentException("a provider's word has the letters a to z only, not: " + word);
        }
    }

    @Override
    public int compareTo(Provider other) {
        return word.compareTo(other.word);
    }

    @Override
    public String toString() {
        return word;
    }
}
