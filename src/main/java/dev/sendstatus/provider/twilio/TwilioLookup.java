package dev.sendstatus.provider.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.LookupAnswer.Found;
import dev.sendstatus.provider.LookupTerms;
import dev.sendstatus.provider.LookupWindow;
import dev.sendstatus.provider.Statements;
import dev.sendstatus.provider.Words;
import dev.sendstatus.provider.rest.RestLookup;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's Messages resource, read only: DELETE on it erases the message, and POST redacts or cancels it. A list cannot be
 * narrowed by status, and misses messages that have no sending time yet.
 */
final class TwilioLookup extends RestLookup {
    /** The most that PageSize takes. */
    private static final int PAGE_SIZE = 1_000;
    /** No number is published for reads, and 429 here means calls at the same time: few. Messages are kept 400 days. */
    private static final LookupTerms TERMS = new LookupTerms(PAGE_SIZE, null, null, 4);

    /** Later than any message; beyond it stores and dates fail. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

    private final TwilioKeys keys;
    private final ApiSettings api;

    TwilioLookup(Account<TwilioKeys> account, ApiSettings api) {
        super(account.name(), TERMS, api, account.keys().api());
        this.keys = account.keys();
        this.api = api;
    }

    @Override
    public LookupAnswer one(String messageId) {
        return ask(keys.resource(api, "Messages", messageId + ".json"), TwilioLookup::readOne);
    }

    @Override
    public LookupAnswer list(LookupWindow window, @Nullable String page) {
        HttpUrl messages = keys.resource(api, "Messages.json");
        HttpUrl url = page == null ? first(messages, window) : messages.resolve(page);
        if (url == null || !url.host().equals(messages.host()) || url.port() != messages.port()) {
            return new LookupAnswer.Failed("its next_page_uri leads elsewhere", Duration.ZERO);
        }
        return ask(url, TwilioLookup::readPage);
    }

    private static HttpUrl first(HttpUrl messages, LookupWindow window) {
        // Twilio compares to the second, both ends included.
        Instant from = window.from().truncatedTo(ChronoUnit.SECONDS);
        Instant to = window.to().plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
        return ApiSettings.with(
                messages,
                "DateSent>",
                from.toString(),
                "DateSent<",
                to.toString(),
                "PageSize",
                Integer.toString(PAGE_SIZE));
    }

    private static @Nullable LookupAnswer readOne(JsonNode body, Duration pause) {
        Statements into = new Statements();
        add(body, into);
        return body.isObject() && body.has("sid") ? new Found(into.events(), into.doubts(), pause) : null;
    }

    private static @Nullable LookupAnswer readPage(JsonNode body, Duration pause) {
        String next = JsonFields.asSent(body, "next_page_uri");
        return page(body.path("messages"), TwilioLookup::add, next, Found.TOTAL_UNKNOWN, pause);
    }

    private static void add(JsonNode message, Statements into) {
        String id = JsonFields.word(message, "sid");
        String word = JsonFields.word(message, "status");
        Progress progress = word == null ? null : TwilioStatuses.progress(word);
        if (id == null) {
            into.doubt("a message without a sid");
        } else if (word == null || progress == null) {
            into.doubt(word == null ? "a message without a status" : "the unknown status " + Words.shown(word));
        } else {
            into.add(event(message, id, word, progress));
        }
    }

    private static DeliveryEvent event(JsonNode message, String id, String word, Progress progress) {
        String direction = JsonFields.word(message, "direction");
        boolean inbound = TwilioStatuses.inbound(word) || (direction != null && direction.startsWith("inbound"));
        // Negative when something was charged, null until it is billed.
        BigDecimal price = JsonFields.amount(message.get("price"));
        String unit = JsonFields.word(message, "price_unit");
        // No time of the event: date_updated also moves when a message is redacted. So a second look-up that says the
        // same is a repeat.
        return DeliveryEvent.of(
                        new MessageKey(TwilioAdapter.TWILIO, id),
                        inbound ? Direction.INBOUND : Direction.OUTBOUND,
                        inbound ? Progress.DELIVERED : progress,
                        word)
                .to(JsonFields.word(message, "to"))
                .soleRecipient()
                .errorCode(inbound ? null : TwilioStatuses.errorCode(JsonFields.word(message, "error_code")))
                .from(JsonFields.word(message, "from"))
                .sentAt(inbound ? null : time(JsonFields.word(message, "date_sent")))
                .segments(JsonFields.segments(JsonFields.word(message, "num_segments")))
                .cost(JsonFields.cost(
                        price == null ? null : price.abs(), unit == null ? null : unit.toUpperCase(Locale.ROOT)))
                .build();
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
}
