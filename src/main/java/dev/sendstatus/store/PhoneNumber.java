package dev.sendstatus.store;

import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Written;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person's number that is to be erased. Never printed whole.
 *
 * @param digits with the country's code, without a plus
 */
public record PhoneNumber(String digits) {
    /** Takes the number's place, so that it can be seen that there was one. */
    public static final String ERASED = "erased";

    /** As a recipient's, 11 to 15 digits are a whole number; fewer are if a plus says so. */
    private static final Pattern WHOLE = Pattern.compile("\\+[0-9]{7,15}|[0-9]{11,15}");
    /** How numbers of North America are written at home: without their country's code, which is 1. */
    private static final Pattern NORTH_AMERICAN = Pattern.compile("[2-9][0-9]{2}[2-9][0-9]{6}");

    private static final int NORTH_AMERICAN_DIGITS = 11;

    private static final Pattern ERASED_ADDRESS = Pattern.compile("(.*:)?" + ERASED + "(-[0-9]+)?");

    /** No digit, or one that belongs to an escape: %20 in a form, \\u0020 in JSON. */
    private static final String BEFORE = "(?:(?<![0-9])|(?<=%..)|(?<=\\\\u....))";

    private static final int SHOWN = 2;

    /** Whether an address was a number that is erased. */
    public static boolean isErased(String address) {
        return ERASED_ADDRESS.matcher(address).matches();
    }

    /**
     * The number that somebody wrote: with its country's code, or one of North America without it.
     *
     * @return empty if that is no whole number
     */
    public static Optional<PhoneNumber> of(String text) {
        String number;
        try {
            number = Written.address(text);
        } catch (Written.Unusable e) {
            return Optional.empty();
        }
        if (NORTH_AMERICAN.matcher(number).matches()) {
            return Optional.of(new PhoneNumber("1" + number));
        }
        return WHOLE.matcher(number).matches()
                ? Optional.of(new PhoneNumber(number.startsWith("+") ? number.substring(1) : number))
                : Optional.empty();
    }

    /**
     * The names by which people mean the recipient that they wrote. A number of North America is registered without its country's code
     * by many programs, while every provider names it with that code, so both names mean it. Every other address has one name.
     *
     * @param address as {@link Written#address} gives it
     */
    static Set<Recipient> namesOf(String address) {
        if (NORTH_AMERICAN.matcher(address).matches()) {
            return Set.of(new Recipient(address), new Recipient("+1" + address));
        }
        Recipient recipient = new Recipient(address);
        String atHome =
                recipient.address().startsWith("+1") ? recipient.address().substring(2) : "";
        return NORTH_AMERICAN.matcher(atHome).matches() ? Set.of(recipient, new Recipient(atHome)) : Set.of(recipient);
    }

    /**
     * Whether an address is this number, with or without its plus, and whatever channel stands before it; of a number of North
     * America also without its country's code, as sending programs register it.
     */
    public boolean isIn(String address) {
        int start = numberAt(address);
        int length = address.length() - start;
        return length == digits.length() && address.startsWith(digits, start)
                || length == shortest().length()
                        && address.startsWith(shortest(), start)
                        && !address.startsWith("+", start - 1);
    }

    /** The fewest digits by which it is written. */
    public String shortest() {
        return digits.length() == NORTH_AMERICAN_DIGITS && digits.startsWith("1") ? digits.substring(1) : digits;
    }

    /** The address with a word in the number's place; the channel stays. @param address one that {@link #isIn} says yes to */
    public String erasedFrom(String address, String word) {
        return address.substring(0, address.lastIndexOf(':') + 1) + word;
    }

    private static int numberAt(String address) {
        int start = address.lastIndexOf(':') + 1;
        return start < address.length() && address.charAt(start) == '+' ? start + 1 : start;
    }

    /** A text with the number wherever it stands by itself, not within a longer one, replaced. */
    public String erasedFromText(String text) {
        String end = shortest();
        String start = digits.substring(0, digits.length() - end.length());
        return text.contains(end)
                ? Pattern.compile("(?<![0-9])(?:\\+?" + start + ")?" + end + "(?![0-9])")
                        .matcher(text)
                        .replaceAll(Matcher.quoteReplacement(ERASED))
                : text;
    }

    /**
     * Whether it stands by itself in the body or in the query of a callback, be that a form or JSON: {@code +1202…}, {@code %2B1202…} and
     * {@code 1202…} all have its digits as they are.
     */
    public boolean occursIn(RawCallback callback) {
        String query = callback.query();
        return occursIn(new String(callback.body(), StandardCharsets.ISO_8859_1)) || query != null && occursIn(query);
    }

    private boolean occursIn(String text) {
        return text.contains(digits)
                && Pattern.compile(BEFORE + digits + "(?![0-9])", Pattern.DOTALL)
                        .matcher(text)
                        .find();
    }

    /** All but the last two digits hidden. */
    public String masked() {
        return "+" + "*".repeat(digits.length() - SHOWN) + digits.substring(digits.length() - SHOWN);
    }

    @Override
    public String toString() {
        return masked();
    }
}
