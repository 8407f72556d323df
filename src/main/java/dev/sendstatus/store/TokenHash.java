package dev.sendstatus.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The part of a token that is kept. A plain SHA-256 is right for a random text of 256 bits, where it would be wrong for a
 * password: nobody can try all such texts, so a slow, salted hash would protect nothing and cost each request its time.
 *
 * @param hex the SHA-256 in hexadecimal digits; never printed
 */
public record TokenHash(String hex) {
    /** Lets a scanner for leaked secrets know one, and a person see what it belongs to. */
    private static final String PREFIX = "sst_";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new token, in characters that a header can carry. */
    public static String newToken() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static TokenHash of(String token) {
        try {
            return of(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static TokenHash of(byte[] sha256) {
        return new TokenHash(HexFormat.of().formatHex(sha256));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** Whether both are the same, in a time that tells nothing of either. */
    public boolean is(TokenHash other) {
        return MessageDigest.isEqual(bytes(), other.bytes());
    }

    @Override
    public String toString() {
        return "TokenHash";
    }
}
