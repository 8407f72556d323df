package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.rest.ApiCredentials;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one Twilio account; its printed form has no secret in it.
 *
 * @param accountSid {@code AC…}, compared as sent
 * @param authToken signs the callbacks; tried first
 * @param secondary the other token while one is being rotated; null if none is set
 * @param apiKey {@code SK…}, for look-ups: it never signs a callback; null if none is set
 * @param apiKeySecret set exactly when the API key is
 */
public record TwilioKeys(
        String accountSid,
        AuthToken authToken,
        @Nullable AuthToken secondary,
        @Nullable String apiKey,
        @Nullable String apiKeySecret) {

    /**
     * The credentials of the API. A key can be revoked by itself; the Auth Token, which also signs, need not leave this process if there is
     * one.
     */
    ApiCredentials forApi() {
        return apiKey != null && apiKeySecret != null
                ? ApiCredentials.basic(apiKey, apiKeySecret)
                : ApiCredentials.basic(accountSid, authToken.secret());
    }

    @Override
    public String toString() {
        return "TwilioKeys[accountSid=" + accountSid + ", secrets hidden]";
    }
}
