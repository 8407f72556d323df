package dev.sendstatus.channel;

/**
 * Texts that came from outside, as names of campaigns, made harmless where people read them: on one line, without characters that hide or
 * turn others, and so that no chat makes a link or a mention of them.
 */
final class Outside {
    /** It has no width. */
    private static final String BREAK = "\u200b";

    private Outside() {}

    /** On one line. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(c -> isHidden(c) ? ' ' : c).forEach(line::appendCodePoint);
        return line.toString()
                .replaceAll(" {2,}", " ")
                .strip()
                .replace("@", "@" + BREAK)
                .replace("://", ":/" + BREAK + "/")
                .replaceAll("(?i)\\bwww\\.", "www" + BREAK + ".");
    }

    private static boolean isHidden(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE;
    }

    /** With a backslash before each of these. */
    static String escaped(String text, String special) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (special.indexOf(text.charAt(i)) >= 0) {
                escaped.append('\\');
            }
            escaped.append(text.charAt(i));
        }
        return escaped.toString();
    }

    /** At most so many characters. A text that is cut ends with an ellipsis. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        // Half an escape would swallow what shows the cut.
        while (end > 0 && text.charAt(end - 1) == '\\') {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
