package dev.sendstatus.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API token as it is kept: without the token.
 *
 * @param name what the operator calls it; one token has a name at a time
 * @param lastUsedAt to about a minute; null if it never was
 */
public record StoredToken(
        String name,
        TokenHash hash,
        TokenScope scope,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
