package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.Rfc3339;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of the search: a message and one recipient of it. It has neither a text nor the time of delivery. */
final class LookupRow {
    private static final int MOST_SEGMENTS = 9_999;

    private LookupRow() {}

    /** Adds to one of the two lists. @param place what the row is called in a reason */
    static void add(JsonNode row, String place, List<DeliveryEvent> events, Reasons reasons) {
        String id = word(row, "messageId");
        String status = word(row, "messageStatus");
        boolean inbound = "INBOUND".equals(word(row, "messageDirection"));
        String code = code(row);
        Progress progress = status == null ? null : BandwidthStatuses.ofLookup(status, inbound, code);
        if (id == null) {
            reasons.add(place, "no messageId");
        } else if (status == null || progress == null) {
            reasons.add(
                    place, status == null ? "no messageStatus" : "the unknown messageStatus " + Words.shown(status));
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
                    .segments(segments(row))
                    .build());
        }
    }

    /** 0 stands for "none". */
    private static @Nullable String code(JsonNode row) {
        String code = word(row, "errorCode");
        return code == null || code.equals("0") || !Words.isCode(code) ? null : code;
    }

    private static int segments(JsonNode row) {
        int count = row.path("segmentCount").asInt(0);
        return count < 0 || count > MOST_SEGMENTS ? 0 : count;
    }

    /** Text, or a whole number by its digits; null if it is absent, empty or not fit for a store. */
    private static @Nullable String word(JsonNode row, String name) {
        JsonNode value = row.get(name);
        if (value == null || !(value.isTextual() || value.isIntegralNumber())) {
            return null;
        }
        String word = value.asText();
        return word.isEmpty() || !Words.isStorable(word) ? null : word;
    }
}
