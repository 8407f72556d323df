package dev.sendstatus.event;

/**
 * A texting provider, named by one lower-case word that also names its package, its fixtures and its URL: {@code telnyx}.
 * It is a value and not an enum so that a new provider is a new folder, not an edit here.
 */
public record Provider(String word) implements Comparable<Provider> {

    public Provider {
        if (!isLowerCase(word)) {
            throw new IllegalArgumentException("a provider's word has the letters a to z only, not: " + word);
        }
    }

    private static boolean isLowerCase(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) < 'a' || word.charAt(i) > 'z') {
                return false;
            }
        }
        return !word.isEmpty();
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
