package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.LookupAnswer.Found;
import dev.sendstatus.provider.LookupTerms;
import dev.sendstatus.provider.LookupWindow;
import dev.sendstatus.provider.Reasons;
import dev.sendstatus.provider.bandwidth.BandwidthTokens.Access;
import dev.sendstatus.provider.rest.LookupReading;
import dev.sendstatus.provider.rest.RestLookup;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Bandwidth's search over messages, read only. There is no path for a single one: it is searched for by its id, and a group has a
 * row per recipient.
 */
final class BandwidthLookup extends RestLookup {
    static final String ACCOUNTS = "https://api.bandwidth.com/";
    private static final String MESSAGING = "https://messaging.bandwidth.com/";
    private static final int PAGE_SIZE = 1_000;
    /** Paging ends there. */
    private static final int MOST_LISTED = 10_000;
    /** 3,500 calls in 5 minutes from one address are allowed: four at a time stay below, and 429 tells where they do not. */
    private static final LookupTerms TERMS = new LookupTerms(PAGE_SIZE, null, Duration.ofDays(14), 4);

    /** Milliseconds are required, also where they are zero. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final BandwidthTokens tokens;
    private final HttpUrl messages;

    BandwidthLookup(AccountName account, String accountId, String clientId, String clientSecret, ApiSettings api) {
        super(account, TERMS, api);
        this.tokens = new BandwidthTokens(
                http,
                api.base(ACCOUNTS)
                        .newBuilder()
                        .addPathSegments("api/v1/oauth2/token")
                        .build(),
                clientId,
                clientSecret,
                clock);
        this.messages = api.base(MESSAGING)
                .newBuilder()
                .addPathSegments("api/v2/users")
                .addPathSegment(accountId)
                .addPathSegment("messages")
                .build();
    }

    @Override
    public LookupAnswer one(String messageId) {
        HttpUrl url =
                messages.newBuilder().addQueryParameter("messageId", messageId).build();
        return ask(url, BandwidthLookup::readOne);
    }

    @Override
    public LookupAnswer list(LookupWindow window, @Nullable String page) {
        HttpUrl.Builder url = messages.newBuilder()
                .addQueryParameter("fromDateTime", TIME.format(window.from()))
                .addQueryParameter("toDateTime", TIME.format(window.to()))
                .addQueryParameter("limit", Integer.toString(PAGE_SIZE));
        if (!window.inboundToo()) {
            url.addQueryParameter("messageDirection", "OUTBOUND");
        }
        if (page != null) {
            url.addQueryParameter("pageToken", page);
        }
        return ask(url.build(), BandwidthLookup::readPage);
    }

    private LookupAnswer ask(HttpUrl url, LookupReading.Body body) {
        Access access = tokens.access();
        if (access instanceof Access.Denied denied) {
            return denied.why();
        }
        Access.Granted granted = (Access.Granted) access;
        LookupAnswer answer = ask(url, granted.credentials(), body);
        if (!(answer instanceof LookupAnswer.Refused)) {
            return answer;
        }
        tokens.refused(granted.credentials());
        // A token can be withdrawn before its time. A new one that is refused as well is a matter of the account.
        return granted.fresh() ? answer : new LookupAnswer.Failed("its token is no longer accepted", Duration.ZERO);
    }

    private static @Nullable LookupAnswer readOne(JsonNode body, Duration pause) {
        LookupAnswer page = readPage(body, pause);
        if (!(page instanceof Found found)) {
            return page;
        }
        if (found.total() > found.rows()) {
            return new LookupAnswer.Failed(
                    "it says that the message has " + found.total() + " recipients, and gave " + found.rows(), pause);
        }
        // An id that it does not know is answered by an empty list.
        return found.rows() == 0 ? new LookupAnswer.Missing(pause) : page;
    }

    private static @Nullable LookupAnswer readPage(JsonNode body, Duration pause) {
        JsonNode rows = body.get("messages");
        if (rows == null || !rows.isArray()) {
            return null;
        }
        long total = body.path("totalCount").asLong(Found.TOTAL_UNKNOWN);
        if (total > MOST_LISTED) {
            return new LookupAnswer.TooMany(total);
        }
        List<DeliveryEvent> events = new ArrayList<>(rows.size());
        Reasons reasons = new Reasons("more like these");
        for (int i = 0; i < rows.size(); i++) {
            LookupRow.add(rows.get(i), "message " + i, events, reasons);
        }
        JsonNode next = body.path("pageInfo").get("nextPageToken");
        boolean more = next != null && next.isTextual() && !next.textValue().isEmpty() && !rows.isEmpty();
        return new Found(events, reasons.all(), rows.size(), more ? next.textValue() : null, total, pause);
    }
}
