package dev.sendstatus.api;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * A failure as a client sees it, in the form of RFC 9457.
 *
 * @param status the HTTP status
 * @param title the kind of failure, always the same for it
 * @param detail the fault of this request and its remedy; never a secret
 */
public record Problem(int status, String title, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    String json() {
        JsonStringEncoder quote = JsonStringEncoder.getInstance();
        return "{\"type\":\"about:blank\",\"title\":\"" + new String(quote.quoteAsString(title)) + "\",\"status\":"
                + status + ",\"detail\":\"" + new String(quote.quoteAsString(detail)) + "\"}\n";
    }
}
