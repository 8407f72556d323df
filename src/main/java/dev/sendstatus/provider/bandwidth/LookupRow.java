package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Reasons;
import dev.sendstatus.provider.Rfc3339;
import dev.sendstatus.provider.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of the search: a message and one recipient of it. It has neither a text nor the time of delivery. */
final class LookupRow {
    private LookupRow() {}

    /** Adds to one of the two lists. @param place what the row is called in a reason */
    static void add(JsonNode row, String place, List<DeliveryEvent> events, Reasons reasons) {
        String id = word(row, "messageId");
        String status = word(row, "messageStatus");
        boolean inbound = "INBOUND".equals(word(row, "messageDirection"));
        String code = EventMeaning.code(row);
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
                    .to(word(row, "destinationTn"))
                    .from(word(row, "sourceTn"))
                    .errorCode(code)
                    .carrier(word(row, "carrierName"))
                    .sentAt(inbound ? null : Rfc3339.read(word(row, "receiveTime")))
                    .segments(JsonFields.segments(word(row, "segmentCount")))
                    .build());
        }
    }

    private static @Nullable String word(JsonNode row, String name) {
        String word = EventMeaning.plain(JsonFields.textOrNumber(row.get(name)));
        return word == null || word.isEmpty() ? null : word;
    }
}
