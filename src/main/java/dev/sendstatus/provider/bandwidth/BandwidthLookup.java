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
import dev.sendstatus.provider.Rfc3339;
import dev.sendstatus.provider.Statements;
import dev.sendstatus.provider.Words;
import dev.sendstatus.provider.rest.RestClient.Authorization;
import dev.sendstatus.provider.rest.RestLookup;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Bandwidth's search over messages, read only. There is no path for a single one: it is searched for by its id, and a group has a
 * row per recipient.
 */
final class BandwidthLookup extends RestLookup {
    private static final int PAGE_SIZE = 1_000;
    /** Paging ends there. */
    private static final int MOST_LISTED = 10_000;
    /** 3,500 calls in 5 minutes from one address are allowed: four at a time stay below, and 429 tells where they do not. */
    private static final LookupTerms TERMS = new LookupTerms(PAGE_SIZE, null, Duration.ofDays(14), 4);

    /** Milliseconds are required, also where they are zero. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final HttpUrl messages;

    /** @param account whose settings open the API */
    BandwidthLookup(Account<BandwidthKeys> account, Authorization tokens, ApiSettings api) {
        super(account.name(), TERMS, api, tokens);
        String accountId = Objects.requireNonNull(account.keys().accountId());
        this.messages = api.url("https://messaging.bandwidth.com/", "api/v2/users", accountId, "messages");
    }

    @Override
    public LookupAnswer one(String messageId) {
        return ask(ApiSettings.with(messages, "messageId", messageId), BandwidthLookup::readOne);
    }

    @Override
    public LookupAnswer list(LookupWindow window, @Nullable String page) {
        HttpUrl url = ApiSettings.with(
                messages,
                "fromDateTime",
                TIME.format(window.from()),
                "toDateTime",
                TIME.format(window.to()),
                "limit",
                Integer.toString(PAGE_SIZE),
                "messageDirection",
                window.inboundToo() ? null : "OUTBOUND",
                "pageToken",
                page);
        return ask(url, BandwidthLookup::readPage);
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
        JsonNode rows = body.path("messages");
        long total = body.path("totalCount").asLong(Found.TOTAL_UNKNOWN);
        if (rows.isArray() && total > MOST_LISTED) {
            return new LookupAnswer.TooMany(total);
        }
        String next = JsonFields.asSent(body.path("pageInfo"), "nextPageToken");
        boolean more = next != null && !next.isEmpty() && !rows.isEmpty();
        return page(rows, BandwidthLookup::add, more ? next : null, total, pause);
    }

    /** A row is of a message and one recipient, without a text and without the time of delivery. */
    private static void add(JsonNode row, Statements into) {
        String id = JsonFields.word(row, "messageId");
        String status = JsonFields.word(row, "messageStatus");
        boolean inbound = "INBOUND".equals(JsonFields.word(row, "messageDirection"));
        String code = BandwidthCallback.code(row);
        Progress progress = status == null ? null : BandwidthStatuses.ofLookup(status, inbound, code);
        if (id == null) {
            into.doubt("a message without a messageId");
        } else if (status == null || progress == null) {
            into.doubt(
                    status == null
                            ? "a message without a messageStatus"
                            : "the unknown messageStatus " + Words.shown(status));
        } else {
            into.add(DeliveryEvent.of(
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
