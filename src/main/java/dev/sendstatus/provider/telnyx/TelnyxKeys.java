package dev.sendstatus.provider.telnyx;

import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The decoded keys of one Telnyx account.
 *
 * @param publicKeys for v2 callbacks, the primary one first; empty if the account takes none of these
 * @param profileSecrets for v1 callbacks, the primary one first; empty if the account takes none of these
 * @param apiKey for looking messages up; null if it cannot
 */
public record TelnyxKeys(
        List<TelnyxPublicKey> publicKeys,
        List<SecretKey> profileSecrets,
        @Nullable String apiKey) {
    public TelnyxKeys {
        publicKeys = List.copyOf(publicKeys);
        profileSecrets = List.copyOf(profileSecrets);
    }

    /** Counts, no keys: this ends up in logs. */
    @Override
    public String toString() {
        return "TelnyxKeys[publicKeys=" + publicKeys.size() + ", profileSecrets=" + profileSecrets.size() + ", apiKey="
                + (apiKey == null ? "none" : "set") + "]";
    }
}
