package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.LookupAnswer.Found;
import dev.sendstatus.provider.LookupTerms;
import dev.sendstatus.provider.LookupWindow;
import dev.sendstatus.provider.Statements;
import dev.sendstatus.provider.Words;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.RestLookup;
import java.time.Duration;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Telnyx's messages by id, and its detail records as the list of a time; read only: DELETE on a message cancels it. Telnyx finds a
 * message for 10 days after it was made. Its detail records hold the messages that have left the queue.
 */
final class TelnyxLookup extends RestLookup {
    static final String API = "https://api.telnyx.com/";
    /** The most that page[size] takes. */
    private static final int PAGE_SIZE = 50;
    /** No rate is published for look-ups: few at a time, and the headers tell when it is enough. */
    private static final LookupTerms TERMS = new LookupTerms(PAGE_SIZE, Duration.ofDays(10), null, 4);

    private final ApiSettings api;

    TelnyxLookup(AccountName account, ApiCredentials key, ApiSettings api) {
        super(account, TERMS, api, key);
        this.api = api;
    }

    @Override
    public LookupAnswer one(String messageId) {
        return ask(api.url(API, "v2/messages", messageId), TelnyxLookup::readOne);
    }

    @Override
    public LookupAnswer list(LookupWindow window, @Nullable String page) {
        HttpUrl url = ApiSettings.with(
                api.url(API, "v2/detail_records"),
                "filter[record_type]",
                "messaging",
                "filter[created_at][gte]",
                window.from().toString(),
                "filter[created_at][lt]",
                window.to().toString(),
                // Oldest first: a record that is added meanwhile goes to the end, and none slips between two pages.
                "sort",
                "created_at",
                "page[number]",
                page == null ? "1" : page,
                "page[size]",
                Integer.toString(PAGE_SIZE),
                "filter[direction]",
                window.inboundToo() ? null : "outbound");
        return ask(url, TelnyxLookup::readPage);
    }

    private static @Nullable LookupAnswer readOne(JsonNode body, Duration pause) {
        JsonNode message = body.path("data");
        if (!message.isObject()) {
            return null;
        }
        // The status decides. Where there is none, or one that is not known, errors mean a failure: as in the event
        // that carries the same object at the end.
        MessageEvent like =
                TelnyxStatuses.direction(message) == Direction.INBOUND ? MessageEvent.RECEIVED : MessageEvent.FINALIZED;
        Statements into = new Statements();
        new PayloadReader(like, null, JsonFields.time(message, "completed_at"), message, into).read();
        return new Found(into.events(), into.doubts(), pause);
    }

    private static @Nullable LookupAnswer readPage(JsonNode body, Duration pause) {
        JsonNode records = body.path("data");
        JsonNode meta = body.path("meta");
        int page = meta.path("page_number").asInt(0);
        boolean more = page > 0 && page < meta.path("total_pages").asInt(0);
        if (more && records.isEmpty()) {
            return null;
        }
        long total = meta.path("total_results").asLong(Found.TOTAL_UNKNOWN);
        return page(records, TelnyxLookup::add, more ? Integer.toString(page + 1) : null, total, pause);
    }

    /**
     * A detail record has other names for the same facts, and the second vocabulary of statuses. {@code delivery_status} is never read: it
     * tells how the webhook went.
     */
    private static void add(JsonNode entry, Statements into) {
        String id = JsonFields.text(entry, "uuid");
        String status = JsonFields.text(entry, "status");
        Direction direction = TelnyxStatuses.direction(entry);
        boolean inbound = direction == Direction.INBOUND;
        String word = inbound && status == null ? "received" : status;
        Progress progress = TelnyxStatuses.progress(status, inbound);
        if (id == null || direction == null || word == null) {
            into.doubt("a record without a " + (id == null ? "uuid" : direction == null ? "direction" : "status"));
        } else if (progress == null) {
            into.doubt("status " + Words.quoted(word) + " is not known");
        } else {
            into.add(DeliveryEvent.of(new MessageKey(TelnyxAdapter.TELNYX, id), direction, progress, word)
                    .to(JsonFields.text(entry, "cld"))
                    .from(JsonFields.text(entry, "cli"))
                    .errorCode(new RecipientErrors(entry, 1).code(progress, 0, null))
                    .occurredAt(JsonFields.time(entry, "completed_at"))
                    .sentAt(JsonFields.time(entry, "sent_at"))
                    .carrier(JsonFields.text(entry, "carrier"))
                    .segments(JsonFields.segments(JsonFields.digits(entry, "parts")))
                    .cost(JsonFields.cost(JsonFields.amount(entry.get("cost")), JsonFields.text(entry, "currency")))
                    .build());
        }
    }
}
