package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.Words;

/** Text as Twilio sent it, made fit for a store or for a reason. */
final class SentText {
    private static final int LONGEST_SHOWN = 64;
    private static final char REPLACEMENT = '\uFFFD';

    private SentText() {}

    /** The same text, with U+FFFD in place of what no store keeps. */
    static String cleaned(String text) {
        if (Words.isStorable(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (text.charAt(i) == 0 || brokenPair(text, i)) {
                clean.setCharAt(i, REPLACEMENT);
            }
        }
        return clean.toString();
    }

    /** At most 64 characters without control characters: for a reason or a detail, which people read in one line. */
    static String shown(String word) {
        boolean cut = word.length() > LONGEST_SHOWN;
        int end = cut ? LONGEST_SHOWN - 1 : word.length();
        if (cut && Character.isHighSurrogate(word.charAt(end - 1))) {
            end--;
        }
        StringBuilder shown = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = word.charAt(i);
            shown.append(Character.isISOControl(c) || unseen(c) || brokenPair(word, i) ? REPLACEMENT : c);
        }
        return cut ? shown.append('…').toString() : shown.toString();
    }

    /** Line and paragraph separators and the marks that turn the direction of writing: they garble a log line. */
    private static boolean unseen(char c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean brokenPair(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
