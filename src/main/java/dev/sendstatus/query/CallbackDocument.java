package dev.sendstatus.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoredCallback;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Raw callbacks as JSON. They can hold message texts. */
public final class CallbackDocument {
    private CallbackDocument() {}

    /** {@code received_at, method, media_type, query, body} of each, or {@code body_base64} where the body is no text. */
    public static ArrayNode of(List<StoredCallback> callbacks) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (StoredCallback callback : callbacks) {
            RawCallback raw = callback.raw();
            ObjectNode node = items.addObject()
                    .put("received_at", callback.receivedAt().toString())
                    .put("method", raw.method())
                    .put("media_type", raw.mediaType())
                    .put("query", raw.query());
            String text = text(raw.body());
            if (text == null) {
                node.put("body_base64", Base64.getEncoder().encodeToString(raw.body()));
            } else {
                node.put("body", text);
            }
        }
        return items;
    }

    /** Null where the bytes are not UTF-8: as text they would not come back as they were. */
    public static @Nullable String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
