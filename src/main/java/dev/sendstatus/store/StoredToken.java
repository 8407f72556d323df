package dev.sendstatus.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An API token as it is kept: without the token.
 *
 * @param name what the operator calls it; one token has a name at a time
 * @param hash its {@link TokenHash}
 * @param lastUsedAt to about a minute; null if it never was
 */
public record StoredToken(
        String name,
        byte[] hash,
        TokenScope scope,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {

    public StoredToken {
        hash = hash.clone();
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredToken token
                && name.equals(token.name)
                && Arrays.equals(hash, token.hash)
                && scope == token.scope
                && createdAt.equals(token.createdAt)
                && Objects.equals(lastUsedAt, token.lastUsedAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, scope, createdAt);
    }

    @Override
    public String toString() {
        return "StoredToken[" + name + ", " + scope.word() + "]";
    }
}
