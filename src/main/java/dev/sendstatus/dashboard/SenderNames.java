package dev.sendstatus.dashboard;

import dev.sendstatus.event.Recipient;
import dev.sendstatus.event.Written;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Senders as providers name them, and whether the filter {@code from} finds the messages of one of them and no others: it takes a number
 * with and without plus and country code for the same, as people write it.
 */
final class SenderNames {
    private static final Pattern NUMBER = Pattern.compile("\\+?([0-9]{7,15})");
    private static final int NATIONAL_DIGITS = 10;

    private final Map<String, Integer> sameNumber = new HashMap<>();

    SenderNames(Collection<String> all) {
        all.forEach(sender -> sameNumber.merge(number(sender), 1, Integer::sum));
    }

    boolean exact(String sender) {
        try {
            return !sender.isEmpty()
                    && !sender.endsWith("*")
                    && new Recipient(Written.address(sender)).equals(new Recipient(sender))
                    && sameNumber.getOrDefault(number(sender), 0) == 1;
        } catch (Written.Unusable e) {
            return false;
        }
    }

    private static String number(String sender) {
        var match = NUMBER.matcher(sender);
        if (!match.matches()) {
            return sender;
        }
        String digits = match.group(1);
        return digits.length() == NATIONAL_DIGITS + 1 && digits.startsWith("1") ? digits.substring(1) : digits;
    }
}
