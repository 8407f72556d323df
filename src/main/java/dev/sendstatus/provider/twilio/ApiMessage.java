package dev.sendstatus.provider.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Reasons;
import dev.sendstatus.provider.Words;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A message as the REST API shows it. */
final class ApiMessage {
    private static final int LONGEST_AMOUNT = 20;
    /** Later than any message; beyond it stores and dates fail. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

    private ApiMessage() {}

    /** Adds what it states, or why it states nothing. */
    static void read(JsonNode message, List<DeliveryEvent> events, Reasons reasons) {
        String id = text(message, "sid");
        String word = text(message, "status");
        Progress progress = word == null ? null : TwilioStatuses.progress(word);
        if (id == null || !Words.isStorable(id)) {
            reasons.add("a message without a sid");
        } else if (word == null || progress == null) {
            reasons.add(word == null ? "a message without a status" : "the unknown status " + SentText.shown(word));
        } else {
            events.add(event(message, id, word, progress));
        }
    }

    private static DeliveryEvent event(JsonNode message, String id, String word, Progress progress) {
        String direction = text(message, "direction");
        boolean inbound = TwilioStatuses.inbound(word) || (direction != null && direction.startsWith("inbound"));
        // No time of the event: date_updated also moves when a message is redacted. So a second look-up that says the
        // same
        // is a repeat.
        return DeliveryEvent.of(
                        new MessageKey(TwilioAdapter.TWILIO, id),
                        inbound ? Direction.INBOUND : Direction.OUTBOUND,
                        inbound ? Progress.DELIVERED : progress,
                        word)
                .to(text(message, "to"))
                .soleRecipient()
                .errorCode(inbound ? null : ErrorCodes.present(text(message, "error_code")))
                .from(text(message, "from"))
                .sentAt(inbound ? null : time(text(message, "date_sent")))
                .segments(JsonFields.segments(text(message, "num_segments")))
                .cost(cost(message))
                .build();
    }

    /** Negative when something was charged, null until it is billed. */
    private static @Nullable Cost cost(JsonNode message) {
        String price = text(message, "price");
        String unit = text(message, "price_unit");
        if (price == null || unit == null || price.length() > LONGEST_AMOUNT) {
            return null;
        }
        try {
            BigDecimal amount = new BigDecimal(price).abs();
            // An exponent could make a number of a million digits.
            return amount.scale() < 0 || amount.scale() > LONGEST_AMOUNT
                    ? null
                    : new Cost(amount, unit.toUpperCase(Locale.ROOT));
        } catch (NumberFormatException e) {
            // A cost that cannot be read is one that is not known: no reason to drop a delivery report.
            return null;
        }
    }

    /** RFC 2822, {@code Thu, 24 Aug 2023 05:01:45 +0000}; null for anything else. */
    private static @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant time = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return time.isBefore(Instant.EPOCH) || time.isAfter(END_OF_TIME) ? null : time;
        } catch (DateTimeParseException e) {
            // The message is as good without.
            return null;
        }
    }

    /** Text, or a whole number by its digits: error_code is a number, num_segments is text. Null if it is absent or empty. */
    private static @Nullable String text(JsonNode message, String name) {
        String text = JsonFields.textOrNumber(message.get(name));
        return text == null || text.isEmpty() ? null : SentText.cleaned(text);
    }
}
