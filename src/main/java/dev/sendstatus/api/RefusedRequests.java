package dev.sendstatus.api;

import dev.sendstatus.ingest.MinuteLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests that the web server refuses by itself, before any route: too long a request line, one that is no HTTP. It may have been a
 * callback, so it is counted. Its end is not known then, so the connection is not used again, and the client is told so:
 * it sends the next request on another one.
 */
final class RefusedRequests implements Request.Handler {
    /** The request line and the headers together. An inbound text of 1,600 Cyrillic letters by GET has 10 KB. */
    static final int MAX_HEADER_BYTES = 64 << 10;

    private static final int[] USUAL = {400, 414, 431};

    private final MeterRegistry meters;
    private final MinuteLog log;

    RefusedRequests(MeterRegistry meters, MinuteLog log) {
        this.meters = meters;
        this.log = log;
        // From the start, so that a rate over the metric sees the first.
        for (int status : USUAL) {
            counter(status);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException failure
                ? failure.getCode()
                : response.getStatus();
        counter(status).increment();
        log.add("requests refused by the web server", "with " + status, "from " + Refusals.origin(request));
        Problem problem = problem(status);
        byte[] body = problem.json().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private Counter counter(int status) {
        return Counter.builder("sendstatus.requests.refused")
                .description("Requests that the web server refused before any route saw them, by status")
                .tag("status", Integer.toString(status))
                .register(meters);
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 404 -> new Problem(404, "Not found", "There is nothing at this path.");
            case 414, 431 ->
                new Problem(
                        status,
                        status == 414 ? "Request line too long" : "Headers too large",
                        "The request line and the headers may have " + MAX_HEADER_BYTES + " bytes together.");
            case 417 -> new Problem(417, "Expectation not met", "Of Expect, only 100-continue is understood.");
            case 426, 505 -> new Problem(status, "HTTP version not supported", "Send the request as HTTP/1.1.");
            case 500 -> new Problem(500, "Internal error", "The request failed; the log says why.");
            default ->
                new Problem(
                        status,
                        "Request refused",
                        "The request is not valid HTTP/1.1: its first line, a header, an escape in its path, or the length of its"
                                + " body is wrong.");
        };
    }
}
