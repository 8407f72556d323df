package dev.sendstatus.provider.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.LookupAnswer;
import dev.sendstatus.provider.LookupAnswer.Found;
import dev.sendstatus.provider.LookupTerms;
import dev.sendstatus.provider.MessageLookup;
import dev.sendstatus.provider.Statements;
import dev.sendstatus.provider.rest.RestClient.Authorization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A look-up by GET. A subclass knows the URLs and reads the body of a success. Every other answer means the same with
 * all providers.
 */
public abstract class RestLookup implements MessageLookup {
    private final RestClient http;
    private final InstantSource clock;
    private final AccountName account;
    private final LookupTerms terms;

    protected RestLookup(AccountName account, LookupTerms terms, ApiSettings api, Authorization authorization) {
        this.account = account;
        this.terms = terms;
        this.http = new RestClient(api.timeout(), authorization);
        this.clock = api.clock();
    }

    /** A provider's reading of the body of a 200. */
    @FunctionalInterface
    protected interface Body {
        /**
         * Null if the body is not the one that the provider documents: a proxy's page, or half an answer.
         *
         * @param pause to be passed on
         */
        @Nullable
        LookupAnswer read(JsonNode body, Duration pause);
    }

    /** A provider's reading of one entry of a list. */
    @FunctionalInterface
    protected interface Entry {
        /** Adds its statement, or the doubt why there is none in it. */
        void read(JsonNode entry, Statements into);
    }

    @Override
    public final AccountName account() {
        return account;
    }

    @Override
    public final LookupTerms terms() {
        return terms;
    }

    protected final LookupAnswer ask(HttpUrl url, Body body) {
        return of(http.get(url), clock.instant(), body);
    }

    /** One page of a list; null if the entries are no array. @param next and the others as in {@link Found} */
    protected static @Nullable Found page(
            JsonNode entries, Entry reading, @Nullable String next, long total, Duration pause) {
        if (!entries.isArray()) {
            return null;
        }
        Statements statements = new Statements();
        entries.forEach(entry -> reading.read(entry, statements));
        return new Found(statements.events(), statements.doubts(), entries.size(), next, total, pause);
    }

    static LookupAnswer of(RestAnswer answer, Instant now, Body body) {
        if (answer instanceof RestAnswer.Lost lost) {
            return new LookupAnswer.Failed(lost.why(), Duration.ZERO);
        }
        if (answer instanceof RestAnswer.Denied denied) {
            return new LookupAnswer.Refused(denied.why());
        }
        if (!(answer instanceof RestAnswer.Answered answered)) {
            return new LookupAnswer.Failed("its token is no longer accepted", Duration.ZERO);
        }
        Duration pause = RateHeaders.pause(answered, now);
        int status = answered.status();
        JsonNode root = answered.json();
        if (status == 200) {
            LookupAnswer read = root == null ? null : body.read(root, pause);
            return read != null
                    ? read
                    : new LookupAnswer.Failed("it answered 200 with a body that is not the one it documents", pause);
        }
        String told = "it answered " + status + code(root);
        if (answered.refusesCredentials()) {
            return new LookupAnswer.Refused(told
                    + (status == 401
                            ? ": the credentials are wrong or no longer valid"
                            : ": the credentials lack the right"));
        }
        if (status == 404) {
            return new LookupAnswer.Missing(pause);
        }
        if (status == 429) {
            return new LookupAnswer.Busy(pause);
        }
        if (status == 408 || status >= 500) {
            return new LookupAnswer.Failed(told, pause);
        }
        boolean redirect = status >= 300 && status < 400;
        return new LookupAnswer.Rejected(
                redirect ? told + ", a redirect, which is not followed: check api-base-url" : told);
    }

    /** The provider's own error code, which says more than the status: a number only, since the texts may quote anything. */
    private static String code(@Nullable JsonNode root) {
        if (root == null) {
            return "";
        }
        for (JsonNode place :
                new JsonNode[] {root.path("code"), root.path("errors").path(0).path("code")}) {
            String code = place.asText("");
            if (code.matches("[0-9]{1,8}")) {
                return " with code " + code;
            }
        }
        return "";
    }
}
