package dev.sendstatus.provider.rest;

import java.nio.charset.StandardCharsets;
import okhttp3.Credentials;

/** The value of an {@code Authorization} header; its printed form has no secret in it. */
public final class ApiCredentials {
    private final String header;

    private ApiCredentials(String header) {
        this.header = header;
    }

    /** HTTP Basic, in UTF-8. */
    public static ApiCredentials basic(String user, String password) {
        return new ApiCredentials(Credentials.basic(user, password, StandardCharsets.UTF_8));
    }

    /** A token that is a key by itself. */
    public static ApiCredentials bearer(String token) {
        return new ApiCredentials("Bearer " + token);
    }

    String header() {
        return header;
    }

    @Override
    public String toString() {
        return "ApiCredentials[hidden]";
    }
}
