package dev.sendstatus.event;

import java.math.BigDecimal;

/** What the provider charged: a decimal amount, zero or more, and the currency as it named it ({@code USD}). */
public record Cost(BigDecimal amount, String currency) {
    public Cost {
        currency = PlainText.of(currency);
    }
}
