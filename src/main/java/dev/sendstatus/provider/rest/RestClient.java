package dev.sendstatus.provider.rest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Calls a provider's API, one request a call: no redirect is followed, which could carry the credentials elsewhere, and nothing
 * is tried again here, so that a count of calls has all of them. Safe for use by several threads.
 */
public final class RestClient {
    /** As long as the providers' own libraries wait, about. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    /** A page of a thousand messages with their texts has some 3 MB. */
    private static final int MOST_BYTES = 16 << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Duration timeout;
    private final Authorization authorization;
    /** Made by the first call: it reads the system's certificates, which takes a tenth of a second of a server's start. */
    private @Nullable OkHttpClient http;

    /** Proves to a provider's API whose calls they are. No printed form has a secret in it. Safe for use by several threads. */
    public interface Authorization {
        /** Makes that call with credentials; the answer may be why there are none. */
        RestAnswer authorized(Function<ApiCredentials, RestAnswer> call);
    }

    /** @param timeout for a whole call, from the connection to the last byte of the body: a slow body counts as well */
    public RestClient(Duration timeout, Authorization authorization) {
        this.timeout = timeout;
        this.authorization = authorization;
    }

    private synchronized OkHttpClient http() {
        if (http == null) {
            http = new OkHttpClient.Builder()
                    .callTimeout(timeout)
                    .connectTimeout(shorter(CONNECT_TIMEOUT, timeout))
                    // The call's limit is the one that counts.
                    .readTimeout(timeout)
                    .writeTimeout(timeout)
                    .followRedirects(false)
                    .followSslRedirects(false)
                    .retryOnConnectionFailure(false)
                    .build();
        }
        return http;
    }

    /** Reads; never changes anything at the provider. */
    public RestAnswer get(HttpUrl url) {
        return call("GET", url, null);
    }

    /**
     * Any other call. Not for message resources: there, everything but GET changes or erases the message.
     *
     * @param body the request's; null for none
     */
    public RestAnswer call(String method, HttpUrl url, @Nullable RequestBody body) {
        return authorization.authorized(credentials -> call(method, url, body, credentials));
    }

    private RestAnswer call(String method, HttpUrl url, @Nullable RequestBody body, ApiCredentials credentials) {
        Request request = new Request.Builder()
                .url(url)
                .header("Authorization", credentials.header())
                .header("User-Agent", "sendstatus")
                .method(method, body)
                .build();
        try (Response response = http().newCall(request).execute()) {
            BufferedSource source = response.body().source();
            if (source.request(MOST_BYTES + 1L)) {
                return new RestAnswer.Lost(
                        url.host() + " answered with more than " + (MOST_BYTES >> 20) + " MiB, which is not read");
            }
            return new RestAnswer.Answered(
                    url.host(),
                    method + " " + url.encodedPath(),
                    response.code(),
                    response.headers(),
                    source.readByteArray());
        } catch (IOException e) {
            return new RestAnswer.Lost(why(e, url));
        }
    }

    /** Of our own words: an exception's message may quote the request or the answer. */
    private String why(IOException e, HttpUrl url) {
        String host = url.host() + ":" + url.port();
        if (e instanceof InterruptedIOException) {
            return host + " did not answer within " + timeout.toMillis() + " ms";
        }
        if (e instanceof UnknownHostException) {
            return "the name " + url.host() + " cannot be resolved";
        }
        if (e instanceof ConnectException) {
            return "no connection to " + host;
        }
        if (e instanceof SSLException) {
            return "no secure connection to " + host + ": its certificate or protocol is not accepted";
        }
        return "the connection to " + host + " broke";
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
