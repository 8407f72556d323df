package dev.sendstatus.provider.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.provider.LookupAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The meaning of an HTTP answer to a look-up: the same for every provider, but for the body of a success. */
public final class LookupReading {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LookupReading() {}

    /** A provider's reading of the body of a 200. */
    @FunctionalInterface
    public interface Body {
        /**
         * Null if the body is not what the provider documents: a proxy's page, or half an answer.
         *
         * @param pause to be passed on
         */
        @Nullable
        LookupAnswer read(JsonNode body, Duration pause);
    }

    public static LookupAnswer of(RestAnswer answer, Instant now, Body body) {
        if (answer instanceof RestAnswer.Lost lost) {
            return new LookupAnswer.Failed(lost.why(), Duration.ZERO);
        }
        RestAnswer.Answered answered = (RestAnswer.Answered) answer;
        Duration pause = RateHeaders.pause(answered, now);
        int status = answered.status();
        if (status == 200) {
            return read(answered, pause, body);
        }
        if (status == 401 || status == 403) {
            return new LookupAnswer.Refused("it answered " + status + code(answered)
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
            return new LookupAnswer.Failed("it answered " + status + code(answered), pause);
        }
        if (status >= 300 && status < 400) {
            return new LookupAnswer.Rejected(
                    "it answered " + status + ", a redirect, which is not followed: check api-base-url");
        }
        return new LookupAnswer.Rejected("it answered " + status + code(answered));
    }

    private static LookupAnswer read(RestAnswer.Answered answered, Duration pause, Body body) {
        JsonNode root = json(answered.body());
        LookupAnswer read = root == null ? null : body.read(root, pause);
        return read != null
                ? read
                : new LookupAnswer.Failed("it answered 200 with a body that is not the one it documents", pause);
    }

    /** The provider's own error code, which says more than the status: a number only, since the texts may quote anything. */
    private static String code(RestAnswer.Answered answered) {
        JsonNode root = json(answered.body());
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

    /** Null if it is no JSON. */
    static @Nullable JsonNode json(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            return root == null || root.isMissingNode() ? null : root;
        } catch (IOException e) {
            // Its own words would quote the body.
            return null;
        }
    }
}
