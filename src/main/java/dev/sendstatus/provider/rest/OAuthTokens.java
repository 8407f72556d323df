package dev.sendstatus.provider.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.rest.RestAnswer.Answered;
import dev.sendstatus.provider.rest.RestClient.Authorization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * OAuth 2 with client credentials: one token for all calls of an account, replaced before it ends. Threads that find it old wait
 * for the one that fetches the next.
 */
public final class OAuthTokens implements Authorization {
    private static final RequestBody GRANT =
            new FormBody.Builder().add("grant_type", "client_credentials").build();

    /** A call that begins now may reach the provider's check later, by a clock that differs. */
    private static final Duration BEFORE_ITS_END = Duration.ofSeconds(60);

    private static final long SHORTEST_SECONDS = 1;

    private final RestClient client;
    private final HttpUrl endpoint;
    private final String remedy;
    private final InstantSource clock;
    // Guarded by this.
    private @Nullable Token token;

    private record Token(ApiCredentials credentials, Instant renewAt) {}

    /**
     * Fetches nothing yet.
     *
     * @param endpoint where tokens are given out
     * @param client the client's id and secret
     * @param remedy the settings to look at if no token is given out
     */
    public OAuthTokens(HttpUrl endpoint, ApiCredentials client, String remedy, ApiSettings api) {
        this.client = new RestClient(api.timeout(), client);
        this.endpoint = endpoint;
        this.remedy = remedy;
        this.clock = api.clock();
    }

    @Override
    public RestAnswer authorized(Function<ApiCredentials, RestAnswer> call) {
        Token used;
        boolean fresh;
        synchronized (this) {
            fresh = token == null || !clock.instant().isBefore(token.renewAt);
            RestAnswer denied = fresh ? fetch() : null;
            if (denied != null) {
                return denied;
            }
            used = Objects.requireNonNull(token);
        }
        RestAnswer answer = call.apply(used.credentials);
        if (!(answer instanceof Answered answered) || !answered.refusesCredentials()) {
            return answer;
        }
        synchronized (this) {
            // One that replaced it meanwhile stays.
            token = token == used ? null : token;
        }
        // A token can be withdrawn before its time. A new one that is refused as well is a matter of the account.
        return fresh ? answer : new RestAnswer.TokenEnded();
    }

    /** Null if there is a token now; else why there is none. */
    private @Nullable RestAnswer fetch() {
        token = null;
        RestAnswer answer = client.call("POST", endpoint, GRANT);
        if (!(answer instanceof Answered answered)) {
            return answer;
        }
        int status = answered.status();
        if (status == 200) {
            token = read(answered.json());
            return token != null
                    ? null
                    : new RestAnswer.Lost(
                            endpoint.host() + " answered without an access token, for which look at " + remedy);
        }
        boolean passing = status == 408 || status == 429 || status >= 500;
        // A wrong client is answered 400 by some servers of OAuth 2.
        return passing || answered.refusesCredentials()
                ? answer
                : new RestAnswer.Denied("it gave out no token: check " + remedy);
    }

    private @Nullable Token read(@Nullable JsonNode body) {
        String access = JsonFields.asSent(body, "access_token");
        // It is to be a header.
        if (body == null
                || access == null
                || access.isEmpty()
                || !access.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return null;
        }
        Duration lives = Duration.ofSeconds(
                Math.max(SHORTEST_SECONDS, body.path("expires_in").asLong(0)));
        Duration use =
                lives.compareTo(BEFORE_ITS_END.multipliedBy(2)) > 0 ? lives.minus(BEFORE_ITS_END) : lives.dividedBy(2);
        return new Token(ApiCredentials.bearer(access), clock.instant().plus(use));
    }
}
