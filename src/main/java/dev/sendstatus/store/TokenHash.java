package dev.sendstatus.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Tokens and what is kept of them. A plain SHA-256 is right for a random text of 256 bits, where it would be wrong for a
 * password: nobody can try all such texts, so a slow, salted hash would protect nothing and cost each request its time.
 */
public final class TokenHash {
    /** Lets a scanner for leaked secrets know one, and a person see what it belongs to. */
    private static final String PREFIX = "sst_";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenHash() {}

    /** A new token, in characters that a header can carry. */
    public static String newToken() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static byte[] of(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
