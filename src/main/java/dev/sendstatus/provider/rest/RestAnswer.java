package dev.sendstatus.provider.rest;

import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** The result of one call. */
public sealed interface RestAnswer {
    /** The provider answered, with whatever status. @param body whole, within the client's limit; not to be changed */
    record Answered(int status, Headers headers, byte[] body) implements RestAnswer {
        /** The first header of that name, in any letter case; null if there is none. */
        public @Nullable String header(String name) {
            return headers.get(name);
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
     * @param why for a person: what happened, with which host, without a path, a query or a secret
     */
    record Lost(String why) implements RestAnswer {}
}
