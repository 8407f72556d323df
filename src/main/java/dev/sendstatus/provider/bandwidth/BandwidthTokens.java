package dev.sendstatus.provider.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.LookupReading;
import dev.sendstatus.provider.rest.RestClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
final class BandwidthTokens {
    static final RequestBody GRANT =
            new FormBody.Builder().add("grant_type", "client_credentials").build();

    /** A call that begins now may reach Bandwidth's check later, by a clock that differs. */
    private static final Duration BEFORE_ITS_END = Duration.ofSeconds(60);

    private static final long SHORTEST_SECONDS = 1;

    private final RestClient http;
    private final HttpUrl endpoint;
    private final ApiCredentials client;
    private final InstantSource clock;
    // Guarded by this.
    private @Nullable Token token;

    private record Token(ApiCredentials credentials, Instant renewAt) {}

    BandwidthTokens(RestClient http, ApiCredentials client, ApiSettings api) {
        this.http = http;
        this.endpoint = endpoint(api);
        this.client = client;
        this.clock = api.clock();
    }

    /** Where the Dashboard's API is. */
    static HttpUrl accounts(ApiSettings api) {
        return api.base("https://api.bandwidth.com/");
    }

    /** Where tokens are given out. */
    static HttpUrl endpoint(ApiSettings api) {
        return accounts(api).newBuilder().addPathSegments("api/v1/oauth2/token").build();
    }

    /** Asks with the token at hand, or a new one where that is old. The answer may be why there is none. */
    LookupAnswer ask(Function<ApiCredentials, LookupAnswer> question) {
        Token used;
        boolean fresh;
        synchronized (this) {
            fresh = token == null || !clock.instant().isBefore(token.renewAt);
            LookupAnswer denied = fresh ? fetch() : null;
            used = token;
            if (denied != null || used == null) {
                return Objects.requireNonNull(denied);
            }
        }
        LookupAnswer answer = question.apply(used.credentials);
        if (!(answer instanceof LookupAnswer.Refused)) {
            return answer;
        }
        synchronized (this) {
            // One that replaced it meanwhile stays.
            token = token == used ? null : token;
        }
        // A token can be withdrawn before its time. A new one that is refused as well is a matter of the account.
        return fresh ? answer : new LookupAnswer.Failed("its token is no longer accepted", Duration.ZERO);
    }

    /** Null if there is a token now; else why there is none. */
    private @Nullable LookupAnswer fetch() {
        token = null;
        LookupAnswer answer =
                LookupReading.of(http.call("POST", endpoint, client, GRANT), clock.instant(), (body, pause) -> {
                    token = read(body);
                    return token == null ? null : new LookupAnswer.Found(List.of(), List.of(), pause);
                });
        if (answer instanceof LookupAnswer.Missing || answer instanceof LookupAnswer.Rejected) {
            // A wrong client is answered 400 by some servers of OAuth 2.
            return new LookupAnswer.Refused("it gave out no token: check client-id and client-secret");
        }
        return answer instanceof LookupAnswer.Found ? null : answer;
    }

    private @Nullable Token read(JsonNode body) {
        String access = JsonFields.asSent(body, "access_token");
        // It is to be a header.
        if (access == null || access.isEmpty() || !access.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return null;
        }
        Duration lives = Duration.ofSeconds(
                Math.max(SHORTEST_SECONDS, body.path("expires_in").asLong(0)));
        Duration use =
                lives.compareTo(BEFORE_ITS_END.multipliedBy(2)) > 0 ? lives.minus(BEFORE_ITS_END) : lives.dividedBy(2);
        return new Token(ApiCredentials.bearer(access), clock.instant().plus(use));
    }
}
