package dev.sendstatus.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Which bearer tokens are good. Kept hashed, and compared in a time that does not depend on where they differ. */
public final class Tokens {
    private static final String SCHEME = "Bearer ";

    private final byte[] hash;

    /** @param token the one token there is; not empty */
    public Tokens(String token) {
        this.hash = hash(token);
    }

    /** @param authorization the header's value; null if there was none */
    boolean allows(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        return MessageDigest.isEqual(
                hash, hash(authorization.substring(SCHEME.length()).strip()));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
