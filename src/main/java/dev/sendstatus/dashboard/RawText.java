package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.query.CallbackDocument;
import dev.sendstatus.store.StoredCallback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A callback as it came.
 *
 * @param head its method and media type
 * @param text its query and its body; a body that is no text is in Base64
 */
public record RawText(Moment moment, String head, String text) {
    private static final int LONGEST = 20_000;

    static List<RawText> of(List<StoredCallback> callbacks, Instant now) {
        List<RawText> texts = new ArrayList<>();
        for (JsonNode callback : CallbackDocument.of(callbacks)) {
            String query =
                    callback.path("query").isTextual() ? callback.path("query").asText() : "";
            String body = callback.has("body")
                    ? callback.path("body").asText()
                    : callback.path("body_base64").asText();
            String text = (query.isEmpty() ? "" : "?" + query + "\n") + body;
            texts.add(new RawText(
                    Moment.of(Instant.parse(callback.path("received_at").asText()), now),
                    callback.path("method").asText() + " "
                            + (callback.path("media_type").isTextual()
                                    ? callback.path("media_type").asText()
                                    : ""),
                    text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text));
        }
        return texts;
    }
}
