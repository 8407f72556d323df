package dev.sendstatus.provider.bandwidth;

/** What may be taken from a callback's words: into an event, and into a reason that a person reads. */
final class Words {
    private static final int LONGEST_SHOWN = 64;
    private static final int LONGEST_CODE = 32;

    private Words() {}

    /**
     * Whether a store can keep it as it is: text without control characters, and without halves of a surrogate pair, which
     * JSON can write and UTF-8 cannot. No id, number or name of Bandwidth has such a thing.
     */
    static boolean isStorable(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (Character.isISOControl(c)) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = i + 1 < word.length() && Character.isSurrogatePair(c, word.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** A provider's word for a reason: at most 64 characters of it, and what cannot be printed replaced. */
    static String shown(String word) {
        StringBuilder shown = new StringBuilder(Math.min(word.length(), LONGEST_SHOWN) + 1);
        for (int i = 0; i < word.length(); i++) {
            if (i == LONGEST_SHOWN) {
                return shown.append('…').toString();
            }
            char c = word.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return shown.toString();
    }

    /** Whether it can be an error code, and not a sentence in its place: 1 to 32 letters, digits, hyphens, underscores. */
    static boolean isCode(String word) {
        if (word.isEmpty() || word.length() > LONGEST_CODE) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean plain = digit || letter || c == '-' || c == '_';
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}
