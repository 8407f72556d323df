package dev.sendstatus.provider;

import dev.sendstatus.event.PlainText;

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
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** At most 64 characters of it, with U+FFFD for all that garbles a line of a log, as a mark that turns the direction of writing. */
    public static String shown(String word) {
        boolean cut = word.length() > LONGEST_SHOWN;
        StringBuilder shown = new StringBuilder(PlainText.of(cut ? word.substring(0, LONGEST_SHOWN - 1) : word));
        for (int i = 0; i < shown.length(); i++) {
            if (garbles(shown.charAt(i))) {
                shown.setCharAt(i, '\uFFFD');
            }
        }
        return cut ? shown.append('…').toString() : shown.toString();
    }

    private static boolean garbles(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** The same in quotation marks. */
    public static String quoted(String word) {
        return '"' + shown(word) + '"';
    }
}
