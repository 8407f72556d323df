package dev.sendstatus.provider.bandwidth;

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
import dev.sendstatus.provider.Reasons;
import dev.sendstatus.provider.Rfc3339;
import dev.sendstatus.provider.Words;
import dev.sendstatus.provider.rest.RestLookup;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Bandwidth's search over messages, read only. There is no path for a single one: it is searched for by its id, and a group has a
 * row per recipient.
 */
final class BandwidthLookup extends RestLookup {
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

    /** @param account whose settings open the API */
    BandwidthLookup(Account<BandwidthKeys> account, ApiSettings api) {
        super(account.name(), TERMS, api);
        BandwidthKeys keys = account.keys();
        this.tokens = new BandwidthTokens(http, Objects.requireNonNull(keys.client()), api);
        this.messages = api.base(MESSAGING)
                .newBuilder()
                .addPathSegments("api/v2/users")
                .addPathSegment(Objects.requireNonNull(keys.accountId()))
                .addPathSegment("messages")
                .build();
    }

    @Override
    public LookupAnswer one(String messageId) {
        HttpUrl url =
                messages.newBuilder().addQueryParameter("messageId", messageId).build();
        return tokens.ask(token -> ask(url, token, BandwidthLookup::readOne));
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
        return tokens.ask(token -> ask(url.build(), token, BandwidthLookup::readPage));
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
        Reasons reasons = new Reasons();
        for (int i = 0; i < rows.size(); i++) {
            add(rows.get(i), "message " + i, events, reasons);
        }
        JsonNode next = body.path("pageInfo").get("nextPageToken");
        boolean more = next != null && next.isTextual() && !next.textValue().isEmpty() && !rows.isEmpty();
        return new Found(events, reasons.all(), rows.size(), more ? next.textValue() : null, total, pause);
    }

    /** Adds what a row states: a message and one recipient of it, without a text and without the time of delivery. */
    private static void add(JsonNode row, String place, List<DeliveryEvent> events, Reasons reasons) {
        String id = JsonFields.word(row, "messageId");
        String status = JsonFields.word(row, "messageStatus");
        boolean inbound = "INBOUND".equals(JsonFields.word(row, "messageDirection"));
        String code = BandwidthCallback.code(row);
        Progress progress = status == null ? null : BandwidthStatuses.ofLookup(status, inbound, code);
        if (id == null) {
            reasons.add(place + ": no messageId");
        } else if (status == null || progress == null) {
            reasons.add(place + ": "
                    + (status == null ? "no messageStatus" : "the unknown messageStatus " + Words.shown(status)));
        } else {
            events.add(DeliveryEvent.of(
                            new MessageKey(BandwidthAdapter.PROVIDER, id),
                            inbound ? Direction.INBOUND : Direction.OUTBOUND,
                            progress,
                            status)
                    .to(JsonFields.word(row, "destinationTn"))
                    .from(JsonFields.word(row, "sourceTn"))
                    .errorCode(code)
                    .carrier(JsonFields.word(row, "carrierName"))
                    .sentAt(inbound ? null : Rfc3339.read(JsonFields.word(row, "receiveTime")))
                    .segments(JsonFields.segments(JsonFields.word(row, "segmentCount")))
                    .build());
        }
    }
}
