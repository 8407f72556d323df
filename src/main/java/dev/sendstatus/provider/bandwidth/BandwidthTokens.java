package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.LookupReading;
import dev.sendstatus.provider.rest.RestClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * OAuth 2 with client credentials: one token for all calls of an account, replaced before it ends. Threads that find it old wait
 * for the one that fetches the next.
 */
public final class BandwidthTokens {
    /** A call that begins now may reach Bandwidth's check later, by a clock that differs. */
    private static final Duration BEFORE_ITS_END = Duration.ofSeconds(60);

    private static final long SHORTEST_SECONDS = 1;
    private static final RestClient.Content GRANT = new RestClient.Content(
            "application/x-www-form-urlencoded", "grant_type=client_credentials".getBytes(StandardCharsets.UTF_8));

    private final RestClient http;
    private final HttpUrl endpoint;
    private final ApiCredentials client;
    private final InstantSource clock;
    // Guarded by this.
    private @Nullable Token token;

    /** @param endpoint where tokens are given out */
    public BandwidthTokens(
            RestClient http, HttpUrl endpoint, String clientId, String clientSecret, InstantSource clock) {
        this.http = http;
        this.endpoint = endpoint;
        this.client = ApiCredentials.basic(clientId, clientSecret);
        this.clock = clock;
    }

    /** A token that can be used now, or why there is none. */
    public sealed interface Access {
        /** @param fresh fetched by this very call, so that a 401 to it is no matter of age */
        record Granted(ApiCredentials credentials, boolean fresh) implements Access {}

        /** @param why as an answer to the question for which the token was wanted */
        record Denied(LookupAnswer why) implements Access {}
    }

    /** The token at hand, or a new one where that is old. */
    public synchronized Access access() {
        Token known = token;
        if (known != null && clock.instant().isBefore(known.renewAt)) {
            return new Access.Granted(known.credentials, false);
        }
        Fetched fetched = new Fetched();
        LookupAnswer answer =
                LookupReading.of(http.call("POST", endpoint, client, GRANT), clock.instant(), fetched::read);
        token = fetched.token;
        if (fetched.token != null) {
            return new Access.Granted(fetched.token.credentials, true);
        }
        if (answer instanceof LookupAnswer.Missing || answer instanceof LookupAnswer.Rejected) {
            // A wrong client is answered 400 by some servers of OAuth 2.
            return new Access.Denied(
                    new LookupAnswer.Refused("it gave out no token: check client-id and client-secret"));
        }
        return new Access.Denied(answer);
    }

    /** Forgets that token, which was not accepted; one that replaced it meanwhile stays. */
    public synchronized void refused(ApiCredentials credentials) {
        if (token != null && token.credentials == credentials) {
            token = null;
        }
    }

    private record Token(ApiCredentials credentials, Instant renewAt) {}

    /** The endpoint's answer. */
    private final class Fetched {
        private @Nullable Token token;

        private @Nullable LookupAnswer read(JsonNode body, Duration pause) {
            JsonNode access = body.get("access_token");
            if (access == null || !access.isTextual() || !fitsHeader(access.textValue())) {
                return null;
            }
            Duration lives = Duration.ofSeconds(
                    Math.max(SHORTEST_SECONDS, body.path("expires_in").asLong(0)));
            Duration use = lives.compareTo(BEFORE_ITS_END.multipliedBy(2)) > 0
                    ? lives.minus(BEFORE_ITS_END)
                    : lives.dividedBy(2);
            token = new Token(
                    ApiCredentials.bearer(access.textValue()), clock.instant().plus(use));
            return new LookupAnswer.Found(List.of(), List.of(), 0, null, LookupAnswer.Found.TOTAL_UNKNOWN, pause);
        }
    }

    private static boolean fitsHeader(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
