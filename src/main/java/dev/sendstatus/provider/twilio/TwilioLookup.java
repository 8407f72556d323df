package dev.sendstatus.provider.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.LookupAnswer.Found;
import dev.sendstatus.provider.LookupTerms;
import dev.sendstatus.provider.LookupWindow;
import dev.sendstatus.provider.Reasons;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.RestLookup;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's Messages resource, read only: DELETE on it erases the message, and POST redacts or cancels it. A list cannot be
 * narrowed by status, and misses what has no sending time yet.
 */
final class TwilioLookup extends RestLookup {
    static final String API = "https://api.twilio.com/";
    /** The most that PageSize takes. */
    private static final int PAGE_SIZE = 1_000;
    /** No number is published for reads, and 429 here means calls at the same time: few. Messages are kept 400 days. */
    private static final LookupTerms TERMS = new LookupTerms(PAGE_SIZE, null, null, 4);

    private final ApiCredentials credentials;
    private final HttpUrl base;
    private final HttpUrl messages;

    TwilioLookup(Account<TwilioKeys> account, ApiSettings api) {
        super(account.name(), TERMS, api);
        TwilioKeys keys = account.keys();
        this.credentials = keys.forApi();
        this.base = api.base(API);
        this.messages = base.newBuilder()
                .addPathSegments("2010-04-01/Accounts")
                .addPathSegment(keys.accountSid())
                .build();
    }

    @Override
    public LookupAnswer one(String messageId) {
        HttpUrl url = messages.newBuilder()
                .addPathSegment("Messages")
                .addPathSegment(messageId + ".json")
                .build();
        return ask(url, credentials, TwilioLookup::readOne);
    }

    @Override
    public LookupAnswer list(LookupWindow window, @Nullable String page) {
        HttpUrl url = page == null ? first(window) : base.resolve(page);
        if (url == null || !url.host().equals(base.host()) || url.port() != base.port()) {
            return new LookupAnswer.Failed("its next_page_uri leads elsewhere", Duration.ZERO);
        }
        return ask(url, credentials, TwilioLookup::readPage);
    }

    private HttpUrl first(LookupWindow window) {
        // Twilio compares to the second, both ends included.
        Instant to = window.to().plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
        return messages.newBuilder()
                .addPathSegment("Messages.json")
                .addQueryParameter(
                        "DateSent>",
                        window.from().truncatedTo(ChronoUnit.SECONDS).toString())
                .addQueryParameter("DateSent<", to.toString())
                .addQueryParameter("PageSize", Integer.toString(PAGE_SIZE))
                .build();
    }

    private static @Nullable LookupAnswer readOne(JsonNode body, Duration pause) {
        if (!body.isObject() || !body.has("sid")) {
            return null;
        }
        List<DeliveryEvent> events = new ArrayList<>(1);
        Reasons reasons = new Reasons();
        ApiMessage.read(body, events, reasons);
        return new Found(events, reasons.all(), 1, null, Found.TOTAL_UNKNOWN, pause);
    }

    private static @Nullable LookupAnswer readPage(JsonNode body, Duration pause) {
        JsonNode page = body.get("messages");
        if (page == null || !page.isArray()) {
            return null;
        }
        List<DeliveryEvent> events = new ArrayList<>(page.size());
        Reasons reasons = new Reasons();
        page.forEach(message -> ApiMessage.read(message, events, reasons));
        JsonNode next = body.get("next_page_uri");
        return new Found(
                events,
                reasons.all(),
                page.size(),
                next != null && next.isTextual() ? next.textValue() : null,
                Found.TOTAL_UNKNOWN,
                pause);
    }
}
