package dev.sendstatus.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request of a provider, as it came.
 *
 * @param method {@code POST} or {@code GET}
 * @param publicUrl the configured public URL followed by the path as received, without the query; never made from a header
 *     of the client
 * @param query the raw query string as received, without the question mark; null if there was none
 * @param headers the request's headers
 * @param body the raw bytes, not to be changed; empty if there were none
 * @param receivedAt when it came
 */
public record CallbackRequest(
        String method, String publicUrl, @Nullable String query, Headers headers, byte[] body, Instant receivedAt) {

    /** The headers of a request, found by name in any letter case. */
    @FunctionalInterface
    public interface Headers {
        /** The first value of that name; null if there is none. */
        @Nullable
        String first(String name);
    }

    /** The media type in lower case without its parameters; null if the request names none. */
    public @Nullable String mediaType() {
        String header = headers.first("Content-Type");
        if (header == null) {
            return null;
        }
        int end = header.indexOf(';');
        String type = (end < 0 ? header : header.substring(0, end)).strip();
        return type.isEmpty() ? null : type.toLowerCase(java.util.Locale.ROOT);
    }
}
