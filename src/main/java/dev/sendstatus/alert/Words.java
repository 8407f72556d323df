package dev.sendstatus.alert;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How alerts write shares and names. */
final class Words {
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{7,15}");
    private static final int SHOWN = 4;

    private Words() {}

    /** {@code 30 %}, {@code 1.2 %}: below ten with one decimal. */
    static String percent(double share) {
        BigDecimal percent = BigDecimal.valueOf(share * 100);
        int decimals = share < 0.1 ? 1 : 0;
        return percent.setScale(decimals, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }

    /** On one line: a name may hold anything. */
    static String line(String name) {
        return name.replaceAll("\\p{Cntrl}", " ");
    }

    /** With each number in it masked but for its last four digits. */
    static String masked(String text) {
        return NUMBER.matcher(text).replaceAll(number -> {
            String found = number.group();
            String mask = "*".repeat(found.length() - SHOWN) + found.substring(found.length() - SHOWN);
            return Matcher.quoteReplacement(mask);
        });
    }
}
