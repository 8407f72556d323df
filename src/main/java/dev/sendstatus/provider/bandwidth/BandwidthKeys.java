package dev.sendstatus.provider.bandwidth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one Bandwidth account.
 *
 * @param accountId the number of the account; null if it was not given: callbacks do not need it, look-ups do
 * @param callback what Bandwidth sends with its callbacks
 * @param secondaryCallback a second pair, while the first one is being changed; also for an application whose inbound and
 *     outbound callbacks have different credentials; null if there is none
 * @param clientId of the API credentials, which have nothing to do with the callbacks'; null if there are none
 * @param clientSecret goes with the client id
 */
public record BandwidthKeys(
        @Nullable String accountId,
        CallbackCredentials callback,
        @Nullable CallbackCredentials secondaryCallback,
        @Nullable String clientId,
        @Nullable String clientSecret) {

    boolean match(byte[] presented) {
        // Both are always compared, so that the time does not tell which one is in use.
        boolean primary = callback.match(presented);
        boolean secondary = secondaryCallback != null && secondaryCallback.match(presented);
        return primary || secondary;
    }

    /** The user names that are accepted, the one to be entered first. */
    List<String> users() {
        return secondaryCallback == null
                ? List.of(callback.user())
                : List.of(callback.user(), secondaryCallback.user());
    }

    boolean nameMatches(byte[] presented) {
        boolean primary = callback.nameMatches(presented);
        boolean secondary = secondaryCallback != null && secondaryCallback.nameMatches(presented);
        return primary || secondary;
    }

    @Override
    public String toString() {
        return "BandwidthKeys[accountId=" + accountId + ", secondary callback credentials: "
                + (secondaryCallback != null) + ", API credentials: " + (clientId != null) + "]";
    }
}
