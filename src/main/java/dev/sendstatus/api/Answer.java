package dev.sendstatus.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The one answer to one callback: the first wins, whichever thread gives it. */
final class Answer {
    private static final HttpField EMPTY_BODY = new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, "0");
    private static final HttpField CLOSE = new PreEncodedHttpField(HttpHeader.CONNECTION, "close");
    /** Providers that obey it come again before their own patience ends; the queue is empty within a second. */
    private static final HttpField RETRY_AFTER = new PreEncodedHttpField(HttpHeader.RETRY_AFTER, "1");

    private static final HttpField XML = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/xml");
    private static final HttpField PROBLEM = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    private static final byte[] TWIML = "<Response/>".getBytes(StandardCharsets.US_ASCII);

    private final Response response;
    private final Callback callback;
    private final AtomicBoolean given = new AtomicBoolean();

    Answer(Response response, Callback callback) {
        this.response = response;
        this.callback = callback;
    }

    boolean given() {
        return given.get();
    }

    void ok() {
        if (given.compareAndSet(false, true)) {
            response.setStatus(200);
            response.getHeaders().put(EMPTY_BODY);
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        }
    }

    void okTwiml() {
        if (given.compareAndSet(false, true)) {
            response.setStatus(200);
            response.getHeaders().put(XML);
            write(TWIML);
        }
    }

    void problem(Problem problem) {
        problem(problem, null, false);
    }

    void unauthorized(String challenge) {
        problem(
                new Problem(
                        401, "Credentials missing or wrong", "Send the callback user name and password by HTTP Basic."),
                new HttpField(HttpHeader.WWW_AUTHENTICATE, challenge),
                false);
    }

    /** The rest of the body is not read, so the connection cannot be used again. */
    void tooLarge(int limit) {
        problem(new Problem(413, "Body too large", "A callback's body may have " + limit + " bytes."), null, true);
    }

    void unavailable(String why) {
        problem(new Problem(503, "Try again", why), RETRY_AFTER, false);
    }

    /** The body did not come in time. */
    void tooSlow() {
        problem(new Problem(503, "Try again", "The request did not arrive in time."), RETRY_AFTER, true);
    }

    private void problem(Problem problem, @Nullable HttpField header, boolean close) {
        if (given.compareAndSet(false, true)) {
            response.setStatus(problem.status());
            response.getHeaders().put(PROBLEM);
            if (header != null) {
                response.getHeaders().put(header);
            }
            if (close) {
                response.getHeaders().put(CLOSE);
            }
            write(problem.json().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void write(byte[] body) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** The client went away: nobody to answer. */
    void failed(Throwable failure) {
        if (given.compareAndSet(false, true)) {
            callback.failed(failure);
        }
    }
}
