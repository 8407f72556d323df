package dev.sendstatus.outbound;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Sends signed requests to one destination, one HTTP request a call: no redirect is followed, and nothing is sent again here. For any number
 * of threads. To be closed, which ends the calls that are under way.
 */
public final class PushClient implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** Shorter than servers keep an idle connection, so that none is closed by them just when it is used again. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    private static final int MOST_BYTES = 4096;
    private static final int EXCERPT_CHARACTERS = 300;

    private final Destination destination;
    private final InstantSource clock;
    private final OkHttpClient http;

    /**
     * One request.
     *
     * @param id the same each time that the same is sent
     * @param body JSON
     */
    public record Push(String id, byte[] body) {

        /** Without the body, in which there are numbers of people. */
        @Override
        public String toString() {
            return "Push[" + id + "]";
        }
    }

    /** @param connections how many are kept open between two requests */
    public PushClient(Destination destination, int connections, InstantSource clock) {
        this(destination, connections, clock, new OkHttpClient());
    }

    /** @param base brings the certificates that are trusted, and the resolution of names */
    PushClient(Destination destination, int connections, InstantSource clock, OkHttpClient base) {
        this.destination = destination;
        this.clock = clock;
        OkHttpClient.Builder builder = base.newBuilder()
                .connectionPool(new ConnectionPool(connections, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
                .callTimeout(destination.timeout())
                .connectTimeout(
                        CONNECT_TIMEOUT.compareTo(destination.timeout()) < 0 ? CONNECT_TIMEOUT : destination.timeout())
                // The call's limit is the one that counts.
                .readTimeout(destination.timeout())
                .writeTimeout(destination.timeout())
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .eventListener(new Heard())
                .addNetworkInterceptor(PushClient::hideStatus);
        this.http = (destination.privateNetwork() ? builder : builder.socketFactory(new GuardedSockets())).build();
    }

    /**
     * The library acts on some answers by itself: it sends again after a 503 with {@code Retry-After: 0}, and fails by a number there that
     * is too great. It sees none of them.
     */
    private static Response hideStatus(Interceptor.Chain chain) throws IOException {
        Response answer = chain.proceed(chain.request());
        return answer.newBuilder().code(200).build();
    }

    /** Tells the status as soon as it comes, whatever becomes of the rest of the answer. */
    private static final class Heard extends EventListener {
        @Override
        public void responseHeadersEnd(Call call, Response response) {
            Objects.requireNonNull(call.request().tag(Head.class)).response = response;
        }
    }

    /** How an answer began; null until it begins. */
    private static final class Head {
        private volatile @Nullable Response response;
    }

    /** Sends it, and waits for the answer. */
    public PushAnswer send(Push push) {
        long seconds = clock.instant().getEpochSecond();
        String signatures = destination.secrets().stream()
                .map(secret -> secret.signature(push.id(), seconds, push.body()))
                .collect(Collectors.joining(" "));
        return post(
                push.body(),
                Map.of(
                        "webhook-id",
                        push.id(),
                        "webhook-timestamp",
                        Long.toString(seconds),
                        "webhook-signature",
                        signatures));
    }

    /** Sends JSON that is not signed, and waits for the answer. */
    public PushAnswer post(byte[] body, Map<String, String> headers) {
        Head head = new Head();
        Request request = new Request.Builder()
                .tag(Head.class, head)
                .url(destination.url())
                .headers(Headers.of(headers))
                .header("User-Agent", "sendstatus")
                .post(RequestBody.create(body, JSON))
                .build();
        try (Response response = http.newCall(request).execute()) {
            return answered(head, response.body().source());
        } catch (IOException e) {
            Response begun = head.response;
            return begun != null && begun.isSuccessful() ? answered(head, new Buffer()) : new PushAnswer.Lost(why(e));
        }
    }

    private PushAnswer answered(Head head, BufferedSource body) {
        Response begun = Objects.requireNonNull(head.response);
        return new PushAnswer.Answered(
                begun.code(),
                retryAfter(begun.header("Retry-After")),
                // The rest of a success does not matter.
                begun.isSuccessful() ? "" : excerpt(body));
    }

    /** Seconds, or a date; null for anything else. */
    private @Nullable Duration retryAfter(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        try {
            if (!text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.instant(), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String excerpt(BufferedSource body) {
        try {
            body.request(MOST_BYTES);
        } catch (IOException e) {
            // The part that came until then is shown.
        }
        byte[] bytes;
        try {
            bytes = body.getBuffer()
                    .readByteArray(Math.min(MOST_BYTES, body.getBuffer().size()));
        } catch (IOException e) {
            return "";
        }
        String text = new String(bytes, StandardCharsets.UTF_8)
                .codePoints()
                .map(c -> Character.isISOControl(c) || c == '\uFFFD' ? ' ' : c)
                .limit(EXCERPT_CHARACTERS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return text.strip();
    }

    /** Of our own words: an exception's message may quote the request or the answer. */
    private String why(IOException e) {
        String host = destination.url().host() + ":" + destination.url().port();
        if (e instanceof GuardedSockets.RefusedAddress refused) {
            return host + ": " + refused.getMessage();
        }
        if (e instanceof InterruptedIOException) {
            return host + " did not answer within " + destination.timeout().toMillis() + " ms";
        }
        if (e instanceof UnknownHostException) {
            return "the name " + destination.url().host() + " cannot be resolved";
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return "no connection to " + host;
        }
        if (e instanceof SSLException) {
            return "no secure connection to " + host + ": its certificate or protocol is not accepted";
        }
        return "the connection to " + host + " broke";
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
    }
}
