package dev.sendstatus.alert;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How alerts write shares and names. */
final class AlertText {
    private AlertText() {}

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
}
