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
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.Reasons;
import dev.sendstatus.provider.Words;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.RestLookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Telnyx's messages by id, and its detail records as the list of a time; read only: DELETE on a message cancels it. Telnyx finds a
 * message for 10 days after it was made. Its detail records hold what has left the queue.
 */
final class TelnyxLookup extends RestLookup {
    static final String API = "https://api.telnyx.com/";
    /** The most that page[size] takes. */
    private static final int PAGE_SIZE = 50;
    /** No rate is published for look-ups: few at a time, and the headers tell when it is enough. */
    private static final LookupTerms TERMS = new LookupTerms(PAGE_SIZE, Duration.ofDays(10), null, 4);

    private static final String FIRST_PAGE = "1";

    private final ApiCredentials credentials;
    private final HttpUrl v2;

    TelnyxLookup(AccountName account, String apiKey, ApiSettings api) {
        super(account, TERMS, api);
        this.credentials = ApiCredentials.bearer(apiKey);
        this.v2 = api.base(API).newBuilder().addPathSegment("v2").build();
    }

    @Override
    public LookupAnswer one(String messageId) {
        HttpUrl url = v2.newBuilder()
                .addPathSegment("messages")
                .addPathSegment(messageId)
                .build();
        return ask(url, credentials, TelnyxLookup::readOne);
    }

    @Override
    public LookupAnswer list(LookupWindow window, @Nullable String page) {
        HttpUrl.Builder url = v2.newBuilder()
                .addPathSegment("detail_records")
                .addQueryParameter("filter[record_type]", "messaging")
                .addQueryParameter("filter[created_at][gte]", window.from().toString())
                .addQueryParameter("filter[created_at][lt]", window.to().toString())
                // Oldest first: what is added meanwhile goes to the end, and no record slips between two pages.
                .addQueryParameter("sort", "created_at")
                .addQueryParameter("page[number]", page == null ? FIRST_PAGE : page)
                .addQueryParameter("page[size]", Integer.toString(PAGE_SIZE));
        if (!window.inboundToo()) {
            url.addQueryParameter("filter[direction]", "outbound");
        }
        return ask(url.build(), credentials, TelnyxLookup::readPage);
    }

    private static @Nullable LookupAnswer readOne(JsonNode body, Duration pause) {
        JsonNode message = body.get("data");
        if (message == null || !message.isObject()) {
            return null;
        }
        // The status decides. Where there is none, or one that is not known, errors mean a failure: as in the event
        // that carries the same object at the end.
        MessageEvent like =
                TelnyxStatuses.direction(message) == Direction.INBOUND ? MessageEvent.RECEIVED : MessageEvent.FINALIZED;
        Parsed parsed = new PayloadReader(like, null, JsonFields.time(message, "completed_at"), message).read();
        if (parsed instanceof Parsed.Events events) {
            return new Found(events.events(), events.notUnderstood(), pause);
        }
        String why = parsed instanceof Parsed.NotUnderstood doubt ? doubt.why() : "no statement about a message";
        return new Found(List.of(), List.of(why), pause);
    }

    private static @Nullable LookupAnswer readPage(JsonNode body, Duration pause) {
        JsonNode records = body.get("data");
        if (records == null || !records.isArray()) {
            return null;
        }
        List<DeliveryEvent> events = new ArrayList<>(records.size());
        Reasons doubts = new Reasons();
        records.forEach(record -> add(record, events, doubts));
        JsonNode meta = body.path("meta");
        int page = meta.path("page_number").asInt(0);
        boolean more = page > 0 && page < meta.path("total_pages").asInt(0);
        if (more && records.isEmpty()) {
            return null;
        }
        return new Found(
                events,
                doubts.all(),
                records.size(),
                more ? Integer.toString(page + 1) : null,
                meta.path("total_results").asLong(Found.TOTAL_UNKNOWN),
                pause);
    }

    /**
     * Adds what a detail record states, or why it states nothing: other names for the same facts, and the second vocabulary of statuses.
     * {@code delivery_status} is never read: it tells how the webhook went.
     */
    private static void add(JsonNode entry, List<DeliveryEvent> events, Reasons doubts) {
        String id = JsonFields.text(entry, "uuid");
        String status = JsonFields.text(entry, "status");
        Direction direction = TelnyxStatuses.direction(entry);
        boolean inbound = direction == Direction.INBOUND;
        String word = inbound && status == null ? "received" : status;
        Progress progress = inbound ? Progress.DELIVERED : status == null ? null : TelnyxStatuses.progress(status);
        if (id == null || direction == null || word == null) {
            String missing = id == null ? "uuid" : direction == null ? "direction" : "status";
            doubts.add("a record without a " + missing);
        } else if (progress == null) {
            doubts.add("status " + Words.quoted(word) + " is not known");
        } else {
            events.add(DeliveryEvent.of(new MessageKey(TelnyxAdapter.TELNYX, id), direction, progress, word)
                    .to(JsonFields.text(entry, "cld"))
                    .from(JsonFields.text(entry, "cli"))
                    .errorCode(TelnyxStatuses.hasCode(progress) ? new RecipientErrors(entry, 1).code(0, null) : null)
                    .occurredAt(JsonFields.time(entry, "completed_at"))
                    .sentAt(JsonFields.time(entry, "sent_at"))
                    .carrier(JsonFields.text(entry, "carrier"))
                    .segments(JsonFields.segments(JsonFields.digits(entry, "parts")))
                    .cost(JsonFields.cost(JsonFields.amount(entry.get("cost")), JsonFields.text(entry, "currency")))
                    .build());
        }
    }
}
