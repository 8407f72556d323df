package dev.sendstatus.provider.rest;

import dev.sendstatus.provider.rest.RestClient.Authorization;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import okhttp3.Credentials;

/** The value of an {@code Authorization} header; its printed form has no secret in it. @param header not to be printed */
public record ApiCredentials(String header) implements Authorization {

    /** HTTP Basic, in UTF-8. */
    public static ApiCredentials basic(String user, String password) {
        return new ApiCredentials(Credentials.basic(user, password, StandardCharsets.UTF_8));
    }

    /** A token that is a key by itself. */
    public static ApiCredentials bearer(String token) {
        return new ApiCredentials("Bearer " + token);
    }

    @Override
    public RestAnswer authorized(Function<ApiCredentials, RestAnswer> call) {
        return call.apply(this);
    }

    @Override
    public String toString() {
        return "ApiCredentials[hidden]";
    }
}
