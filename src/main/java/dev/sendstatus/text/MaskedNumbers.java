package dev.sendstatus.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Phone numbers cut to their last four digits: {@code …0143}. */
public final class MaskedNumbers {
    private static final int SHOWN = 4;

    /** After a channel's name, as WhatsApp has one. A short code has five digits or six. */
    private static final Pattern ADDRESS = Pattern.compile("(.*:)?\\+?[0-9][0-9 ().-]{3,}");

    /** Digits in a row, a plus with digits in groups, or three groups as North America writes them; and whatever is named a sender. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])(?:"
            + "\\+?[0-9]{7,15}"
            + "|\\+[0-9](?:[ ().-]{0,2}[0-9]){6,14}"
            + "|(?:1[ .-])?(?:\\([0-9]{3}\\) ?|[0-9]{3}[ .-])[0-9]{3}[ .-][0-9]{4}"
            + "|(?<=from=|[Ss]ender )[0-9]{5,6}"
            + ")(?!\\w)");

    private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");

    private MaskedNumbers() {}

    /** A sender or a recipient. One that is no number, as a name, stays. */
    public static String address(String address) {
        return ADDRESS.matcher(address).matches()
                ? address.substring(0, address.lastIndexOf(':') + 1)
                        + masked(address.substring(address.lastIndexOf(':') + 1))
                : text(address);
    }

    /** Every number in a text. Counts, times and ids stay. */
    public static String text(String text) {
        return NUMBER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(masked(found.group())));
    }

    private static String masked(String number) {
        String digits = NO_DIGIT.matcher(number).replaceAll("");
        return "…" + digits.substring(Math.max(0, digits.length() - SHOWN));
    }
}
