package dev.sendstatus.event;

import java.math.BigDecimal;

/** The provider's charge: a decimal amount, zero or more, and the currency as it named it ({@code USD}). */
public record Cost(BigDecimal amount, String currency) {
    public Cost {
        currency = PlainText.of(currency);
    }
}
