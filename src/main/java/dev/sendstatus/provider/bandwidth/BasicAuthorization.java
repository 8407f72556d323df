package dev.sendstatus.provider.bandwidth;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads an {@code Authorization} header of the scheme Basic (RFC 7617). */
final class BasicAuthorization {
    private static final String SCHEME = "Basic ";

    private BasicAuthorization() {}

    /**
     * The bytes {@code name:password} that the header holds.
     *
     * @return null if it is of another scheme or not well formed
     */
    static byte @Nullable [] credentials(String header) {
        // The scheme's name counts in any letter case, and any number of spaces may follow it.
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
