package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.Direction;
import dev.sendstatus.provider.JsonFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code direction}, in any letter case. */
final class Directions {
    private Directions() {}

    /** Null if it is absent or another word. */
    static @Nullable Direction of(JsonNode message) {
        String word = JsonFields.text(message, "direction");
        if (word == null) {
            return null;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "outbound" -> Direction.OUTBOUND;
            case "inbound" -> Direction.INBOUND;
            default -> null;
        };
    }
}
