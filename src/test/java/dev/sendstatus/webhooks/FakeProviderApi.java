package dev.sendstatus.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;

/** A provider's API over HTTP, with the provider's own bodies: what is changed there stays changed. */
public abstract class FakeProviderApi extends Dispatcher implements AutoCloseable {
    /** {@code METHOD /path} or, of a change, {@code METHOD /path body}. */
    private final List<String> reads = new CopyOnWriteArrayList<>();

    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final MockWebServer server = new MockWebServer();
    private volatile int turnedAway;
    private volatile int refusal;

    protected FakeProviderApi() throws IOException {
        server.setDispatcher(this);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Answers the next requests, so many, with 429. */
    public void turnAway(int requests) {
        turnedAway = requests;
    }

    /** Answers every request with that status from now on. */
    public void refuse(int status) {
        refusal = status;
    }

    public List<String> reads() {
        return List.copyOf(reads);
    }

    public List<String> changes() {
        return List.copyOf(changes);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String method = request.getMethod();
        String target = request.getTarget();
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        if (turnedAway > 0) {
            turnedAway--;
            return new MockResponse(429, Headers.of("Retry-After", "0"), "");
        }
        boolean reading = method.equals("GET") || target.endsWith("/oauth2/token");
        (reading ? reads : changes).add(method + " " + target + (reading ? "" : " " + body));
        if (refusal > 0) {
            return new MockResponse(refusal, Headers.of(), "{\"detail\":\"the body of a refusal\"}");
        }
        return answer(
                method, Objects.requireNonNull(request.getUrl()).encodedPath(), target, body, request.getHeaders());
    }

    protected abstract MockResponse answer(String method, String path, String target, String body, Headers headers);

    protected static MockResponse ok(String mediaType, String body) {
        return new MockResponse(200, Headers.of("Content-Type", mediaType), body);
    }

    protected static MockResponse status(int status) {
        return new MockResponse(status, Headers.of(), "");
    }

    protected static String resource(String name) {
        try (InputStream in = FakeProviderApi.class.getResourceAsStream("/provider/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
