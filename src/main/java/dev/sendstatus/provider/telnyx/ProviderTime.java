package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Rfc3339;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The times that Telnyx writes: ISO 8601 with an offset in v2, milliseconds since 1970 in v1. */
final class ProviderTime {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private ProviderTime() {}

    /**
     * With {@code Z} or {@code +00:00}; null for everything else, since one page of Telnyx's
     * reference prints the literal text {@code date-time} there.
     */
    static @Nullable Instant iso(@Nullable JsonNode object, String name) {
        return Rfc3339.read(JsonFields.text(object, name));
    }

    /** Null for everything that is no whole number. */
    static @Nullable Instant epochMillis(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            return null;
        }
        return plausible(Instant.ofEpochMilli(value.longValue()));
    }

    private static @Nullable Instant plausible(Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
    }
}
