package dev.sendstatus.provider.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.JsonTree;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** The result of one call. */
public sealed interface RestAnswer {
    /**
     * The provider answered, with whatever status.
     *
     * @param host the provider's
     * @param request method and path, without the query
     * @param body whole, within the client's limit; not to be changed
     */
    record Answered(String host, String request, int status, Headers headers, byte[] body) implements RestAnswer {
        /** The first header of that name, in any letter case; null if there is none. */
        public @Nullable String header(String name) {
            return headers.get(name);
        }

        boolean refusesCredentials() {
            return status == 401 || status == 403;
        }

        /** The body; null if it is no JSON. */
        @Nullable
        JsonNode json() {
            try {
                return JsonTree.read(body);
            } catch (JsonTree.NotJson e) {
                return null;
            }
        }

        /** Without the body, which may hold message texts. */
        @Override
        public String toString() {
            return "Answered[status=" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * There was no answer, or not a whole one; whether the provider has seen the request is not known.
     *
     * @param why for a person: the failure and the host, without a path, a query or a secret
     */
    record Lost(String why) implements RestAnswer {}

    /** The token at hand is no longer accepted, and the request was not processed. The next call fetches another token. */
    record TokenEnded() implements RestAnswer {}

    /** There are no credentials for the call, which was not made. @param why for a person, with the remedy */
    record Denied(String why) implements RestAnswer {}
}
