package dev.sendstatus.dashboard;

import dev.sendstatus.query.CallbackDocument;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoredCallback;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;

/**
 * A callback as it came.
 *
 * @param head its method and media type
 * @param text its query and its body
 * @param base64 whether the body is no text, and so in Base64
 */
public record RawText(Moment moment, String head, String text, boolean base64) {
    private static final int LONGEST = 20_000;

    static RawText of(StoredCallback callback, Instant now) {
        RawCallback raw = callback.raw();
        String body = CallbackDocument.text(raw.body());
        String text = (raw.query() == null || raw.query().isEmpty() ? "" : "?" + raw.query() + "\n")
                + (body == null ? Base64.getEncoder().encodeToString(raw.body()) : body);
        return new RawText(
                Moment.of(callback.receivedAt(), now),
                raw.method() + " " + Objects.requireNonNullElse(raw.mediaType(), ""),
                text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text,
                body == null);
    }
}
