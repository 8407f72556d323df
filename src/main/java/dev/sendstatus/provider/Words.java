package dev.sendstatus.provider;

/** A provider's words: whether they can be kept, and how they stand in a reason that a person reads. */
public final class Words {
    private static final int LONGEST_SHOWN = 64;

    private Words() {}

    /** Whether every store keeps it as it is: PostgreSQL takes no NUL, and half of a surrogate pair has no UTF-8. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                return false;
            }
            i += pair ? 1 : 0;
        }
        return true;
    }

    /** Storable, and without any control character: no id, number or name needs one. */
    public static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return isStorable(text);
    }

    /** Whether there is nothing but ASCII digits in it. */
    public static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** At most 64 characters of it, with ? for all that could break a line of a log. */
    public static String shown(String word) {
        StringBuilder shown = new StringBuilder(word.substring(0, Math.min(word.length(), LONGEST_SHOWN)));
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                shown.setCharAt(i, '?');
            }
        }
        return word.length() > LONGEST_SHOWN ? shown.append('…').toString() : shown.toString();
    }

    /** The same in quotation marks. */
    public static String quoted(String word) {
        return '"' + shown(word) + '"';
    }
}
