package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.Cost;
import dev.sendstatus.provider.JsonFields;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** {@code cost}: null, or an amount and a currency; the amount is a string, a number on one reference page, or null. */
final class MessageCost {
    /** Telnyx bills with four decimals; a longer number is a mistake that must not make anybody expand an exponent. */
    private static final int LONGEST_AMOUNT = 32;

    private static final int MOST_DECIMALS = 18;

    private MessageCost() {}

    /** Null if there is none, or none that makes sense: a cost is never a reason to refuse a delivery report. */
    static @Nullable Cost of(JsonNode payload) {
        JsonNode cost = payload.get("cost");
        String currency = JsonFields.text(cost, "currency");
        BigDecimal amount = cost == null || !cost.isObject() ? null : amount(cost.get("amount"));
        return amount == null || currency == null ? null : new Cost(amount, currency);
    }

    /** A detail record has amount and currency beside each other. Null as above. */
    static @Nullable Cost ofRecord(JsonNode entry) {
        String currency = JsonFields.text(entry, "currency");
        BigDecimal amount = amount(entry.get("cost"));
        return amount == null || currency == null ? null : new Cost(amount, currency);
    }

    private static @Nullable BigDecimal amount(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        if (value.isNumber()) {
            return Double.isFinite(value.doubleValue()) ? sensible(value.decimalValue()) : null;
        }
        String text = value.isTextual() ? value.textValue() : "";
        if (text.isEmpty() || text.length() > LONGEST_AMOUNT) {
            return null;
        }
        try {
            return sensible(new BigDecimal(text));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable BigDecimal sensible(BigDecimal amount) {
        boolean plain = amount.precision() <= LONGEST_AMOUNT && Math.abs((long) amount.scale()) <= MOST_DECIMALS;
        return plain && amount.signum() >= 0 ? amount : null;
    }
}
