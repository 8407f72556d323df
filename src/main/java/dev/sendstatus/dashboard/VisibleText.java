package dev.sendstatus.dashboard;

import java.util.Locale;

/**
 * Text from outside as a person can trust it: characters that are not seen, or that turn the order of others around, are shown as signs.
 */
final class VisibleText {
    private static final int PICTURES = 0x2400;
    private static final int DELETE = 0x7f;
    private static final int DELETE_PICTURE = 0x2421;
    /** They join letters of some scripts, and the parts of emoji. */
    private static final int JOINER = 0x200d;

    private static final int NON_JOINER = 0x200c;

    private VisibleText() {}

    static String of(String text) {
        return of(text, true);
    }

    /** With only those as signs that HTML cannot hold. */
    static String ofControls(String text) {
        return of(text, false);
    }

    private static String of(String text, boolean formats) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Most texts are plain.
            if (c < ' ' || c >= DELETE) {
                return shown(text, formats);
            }
        }
        return text;
    }

    private static String shown(String text, boolean formats) {
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (point == '\n' || point == '\t') {
                shown.append((char) point);
            } else if (point < ' ') {
                shown.append((char) (PICTURES + point));
            } else if (point == DELETE) {
                shown.append((char) DELETE_PICTURE);
            } else if (hidden(point, formats)) {
                shown.append(String.format(Locale.ROOT, "⟨U+%04X⟩", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private static boolean hidden(int point, boolean formats) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE -> true;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> formats;
            case Character.FORMAT -> formats && point != JOINER && point != NON_JOINER;
            default -> false;
        };
    }
}
