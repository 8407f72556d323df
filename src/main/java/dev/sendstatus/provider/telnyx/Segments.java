package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code parts}: 1 to 10 by the API's description. */
final class Segments {
    private static final int MOST = 1000;

    private Segments() {}

    /** 0 if it is absent or no sensible count. */
    static int of(JsonNode payload) {
        JsonNode parts = payload.get("parts");
        boolean count = parts != null && parts.isIntegralNumber() && parts.canConvertToInt();
        int value = count ? parts.intValue() : 0;
        return value > 0 && value <= MOST ? value : 0;
    }
}
