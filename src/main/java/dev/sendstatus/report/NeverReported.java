package dev.sendstatus.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * The messages that were given up.
 *
 * @param messages oldest first
 */
@JsonPropertyOrder({"count", "messages"})
public record NeverReported(List<StuckItem> messages) {

    public NeverReported {
        messages = List.copyOf(messages);
    }

    @JsonProperty("count")
    public int count() {
        return messages.size();
    }
}
