package dev.sendstatus.event;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that people hand in, by a registration, a file, a filter or a command: numbers as they are written, cells as a spreadsheet leaves
 * them. A provider's values never come here: they are kept as they were sent.
 */
public final class Written {
    private static final int LONGEST_NUMBER = 15;

    private static final String FORMULA =
            "is a spreadsheet's formula, like =\"…\": write what it shows, without the equals sign and the quotes";
    private static final Pattern ROUNDED =
            Pattern.compile("[+-]?[0-9]([.,][0-9]+)?[eE][+-][0-9]{1,3}|[+-]?[0-9][.,][0-9]+[eE][0-9]{1,3}");
    private static final Pattern WITH_DECIMALS = Pattern.compile("\\+?[0-9]+[.,]0{1,2}");
    /** How programs print that there is nothing. */
    private static final Set<String> WORDS_FOR_NOTHING = Set.of("null", "none", "nan", "n/a", "undefined", "nil");

    private static final Pattern WITH_EXTENSION = Pattern.compile(
            "\\+?(?:[(]?[0-9][^0-9A-Za-z]*){7,}(?:x|ext|extension|#)[. ]*[0-9]+", Pattern.CASE_INSENSITIVE);

    private static final Pattern CHANNEL = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*:");
    /** Between the digits of a number. U+2212 is the minus sign, which is no hyphen to Unicode. */
    private static final String BETWEEN_DIGITS = "./()\u2212";

    /** Invisible, and copied along with numbers out of PDF files. */
    private static final char FIRST_VARIATION_SELECTOR = '\uFE00';

    private static final char LAST_VARIATION_SELECTOR = '\uFE0F';

    private static final char FULL_WIDTH_PLUS = '\uFF0B';

    private Written() {}

    /** The text cannot be meant as it is written. The message says why and what to do, without the text itself. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private Unusable(String message) {
            super(message);
        }
    }

    /** A cell without its packing: blanks of every kind around it, invisible marks of the direction of writing among them. */
    public static String stripped(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && isBlank(cell.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(cell.charAt(to - 1))) {
            to--;
        }
        return cell.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    /** A word of the operator's own: a campaign, a tag. @throws Unusable if that is not how it was meant */
    public static String text(String cell) throws Unusable {
        String text = stripped(cell);
        // U+FFFD stands where bytes were not UTF-8.
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
            throw new Unusable(
                    "is UTF-8 without control characters: take line breaks and tabs out, and save it as UTF-8");
        }
        if (text.startsWith("=\"")) {
            throw new Unusable(FORMULA);
        }
        return text;
    }

    /** A name that a provider gave: a message's id, an error code. @throws Unusable if no provider could ever have given it */
    public static String name(String cell) throws Unusable {
        String text = text(cell);
        String flaw = flaw(text);
        if (flaw != null) {
            throw new Unusable(flaw);
        }
        return text;
    }

    private static @Nullable String flaw(String text) {
        if (text.startsWith("=")) {
            return FORMULA;
        }
        if (text.startsWith("'") || text.startsWith("\u2019")) {
            return "begins with an apostrophe, by which a spreadsheet marks a text: leave it out";
        }
        if (text.startsWith("\"") || text.startsWith("\u201C")) {
            return "stands in quotes that are part of it: leave them out";
        }
        if (text.startsWith("#")) {
            return "is a spreadsheet's mark for a cell that it could not show, like #N/A: mend the cell and export again";
        }
        if (ROUNDED.matcher(text).matches()) {
            return "was rounded by a spreadsheet, like 1.2E+10, and its digits are lost: format the column as text, enter"
                    + " the digits again, and export again";
        }
        if (WITH_DECIMALS.matcher(text).matches()) {
            return "is a number with decimals, like 12025550123.0: export the column as text, without them";
        }
        if (WORDS_FOR_NOTHING.contains(text.toLowerCase(Locale.ROOT))) {
            return "is a word for nothing, like null or NaN: leave it out, or the cell empty";
        }
        return null;
    }

    /**
     * The address that is meant: of a number its digits, with the plus where one is written; of everything else, like a short code,
     * a name or {@code whatsapp:…}, the text itself. A {@link Recipient} settles the plus of long numbers.
     *
     * @throws Unusable if no message could ever go to it or come from it
     */
    public static String address(String cell) throws Unusable {
        String text = name(cell);
        if (text.regionMatches(true, 0, "tel:", 0, 4)) {
            text = stripped(text.substring(4));
        }
        int channel = channelEnd(text);
        if (channel == 0) {
            return text.isEmpty() ? text : number(text);
        }
        String rest = stripped(text.substring(channel));
        // An address after a channel's prefix has a form of its own. It is a number only where a plus says so.
        return text.substring(0, channel) + (rest.startsWith("+") ? number(rest) : rest);
    }

    private static int channelEnd(String text) {
        var channel = CHANNEL.matcher(text);
        return channel.lookingAt() ? channel.end() : 0;
    }

    private static String number(String text) throws Unusable {
        if (text.indexOf(',') >= 0 || text.indexOf('+', 1) > 0) {
            throw new Unusable(
                    "is one number, not several: several are parts of a list, in CSV separated by semicolons");
        }
        if (text.contains("(0)")) {
            throw new Unusable("has a (0), which is dialled only without the country's code: leave it out");
        }
        String digits = digits(text);
        if (digits == null) {
            if (text.startsWith("+")
                    || text.startsWith("(")
                    || WITH_EXTENSION.matcher(text).matches()) {
                throw new Unusable(
                        "has something else among its digits: a number is a plus and digits, without an extension");
            }
            return text;
        }
        if (digits.isEmpty() || digits.equals("+")) {
            throw new Unusable("has no digit");
        }
        if (digits.length() - (digits.startsWith("+") ? 1 : 0) > LONGEST_NUMBER) {
            throw new Unusable("has more than the " + LONGEST_NUMBER + " digits that a number can have");
        }
        return digits;
    }

    /** A plus where one begins it, and its digits; null where anything remains that does not belong between digits. */
    private static @Nullable String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                digits.append((char) ('0' + digit));
            } else if (c == '+' || c == FULL_WIDTH_PLUS) {
                digits.append('+');
            } else if (!belongsBetweenDigits(c)) {
                return null;
            }
        }
        return digits.toString();
    }

    private static boolean belongsBetweenDigits(char c) {
        return isBlank(c)
                || BETWEEN_DIGITS.indexOf(c) >= 0
                || Character.getType(c) == Character.DASH_PUNCTUATION
                || c >= FIRST_VARIATION_SELECTOR && c <= LAST_VARIATION_SELECTOR;
    }
}
