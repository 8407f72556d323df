package dev.sendstatus.provider.telnyx;

/** Telnyx's words inside our own sentences. */
final class Words {
    private static final int LONGEST = 64;

    private Words() {}

    /** The word in quotation marks, cut at 64 characters, with nothing in it that could break a line of a log. */
    static String quoted(String word) {
        StringBuilder safe = new StringBuilder(LONGEST + 3).append('"');
        int end = Math.min(word.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = word.charAt(i);
            safe.append(isPlain(c) ? c : '?');
        }
        if (word.length() > LONGEST) {
            safe.append('…');
        }
        return safe.append('"').toString();
    }

    private static boolean isPlain(char c) {
        return !Character.isISOControl(c) && !Character.isSurrogate(c) && c != '\u2028' && c != '\u2029';
    }
}
