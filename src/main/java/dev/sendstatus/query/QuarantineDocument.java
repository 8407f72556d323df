package dev.sendstatus.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.store.QuarantinedCallback;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.jdbc.Reads;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A quarantined callback as JSON. Its bytes, which hold message texts, are in {@link #whole} only. */
public final class QuarantineDocument {
    private QuarantineDocument() {}

    /** As a row of a list. */
    public static ObjectNode item(QuarantinedCallback callback, Reads reads) throws StoreException {
        return item(callback, raw(callback, reads));
    }

    private static ObjectNode item(QuarantinedCallback callback, @Nullable RawCallback raw) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("number", callback.number());
        node.put("provider", callback.account().provider().word());
        node.put("account", callback.account().name());
        node.put("received_at", callback.receivedAt().toString());
        node.put("reason", callback.reason());
        if (raw == null) {
            return node.putNull("size");
        }
        return node.put("size", raw.body().length);
    }

    /** With the callback as it came. */
    public static ObjectNode whole(QuarantinedCallback callback, Reads reads) throws StoreException {
        RawCallback raw = raw(callback, reads);
        ObjectNode node = item(callback, raw);
        if (raw == null) {
            return node.putNull("raw");
        }
        ObjectNode came = node.putObject("raw");
        came.put("method", raw.method());
        came.put("query", raw.query());
        came.put("media_type", raw.mediaType());
        String text = CallbackDocument.text(raw.body());
        came.put("encoding", text == null ? "base64" : "text");
        came.put("body", text == null ? Base64.getEncoder().encodeToString(raw.body()) : text);
        return node;
    }

    /**
     * The result of reading it again.
     *
     * @param events that it is understood to hold
     * @param added those of them that were not known before
     * @param reason why it stays in quarantine; null if it has left it
     */
    public static ObjectNode replayed(QuarantinedCallback callback, int events, int added, @Nullable String reason) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("number", callback.number())
                .put("provider", callback.account().provider().word())
                .put("account", callback.account().name())
                .put("result", reason == null ? "understood" : "not_understood")
                .put("events", events)
                .put("new_events", added)
                .put("reason", reason);
    }

    /** Null once its bytes have been removed. */
    private static @Nullable RawCallback raw(QuarantinedCallback callback, Reads reads) throws StoreException {
        return reads.callbacks().one(callback.number()).map(StoredCallback::raw).orElse(null);
    }
}
