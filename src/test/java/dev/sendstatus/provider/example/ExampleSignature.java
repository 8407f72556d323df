package dev.sendstatus.provider.example;

import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.HmacKey;
import dev.sendstatus.provider.Words;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The header {@code <seconds since 1970>,<hexadecimal HMAC-SHA256 over the seconds, a dot and the body>}. */
record ExampleSignature(String seconds, String hash) {
    static final String HEADER = "Example-Signature";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int MOST_DIGITS = 12;

    /** Null if there is none of that form. */
    static @Nullable ExampleSignature of(CallbackRequest request) {
        String header = request.headers().first(HEADER);
        int comma = header == null ? -1 : header.indexOf(',');
        if (header == null || comma < 1 || comma > MOST_DIGITS || !Words.isDigits(header.substring(0, comma))) {
            return null;
        }
        return new ExampleSignature(header.substring(0, comma), header.substring(comma + 1));
    }

    static HmacKey key(String secret) {
        return new HmacKey("HmacSHA256", secret);
    }

    static ExampleSignature by(HmacKey key, Instant now, byte[] body) {
        String seconds = Long.toString(now.getEpochSecond());
        return new ExampleSignature(seconds, hash(key, seconds, body));
    }

    boolean isBy(HmacKey key, byte[] body) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.UTF_8), hash(key, seconds, body).getBytes(StandardCharsets.UTF_8));
    }

    boolean isNear(Instant now) {
        return Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                        .abs()
                        .compareTo(TOLERANCE)
                <= 0;
    }

    private static String hash(HmacKey key, String seconds, byte[] body) {
        return HexFormat.of().formatHex(key.sign((seconds + ".").getBytes(StandardCharsets.UTF_8), body));
    }
}
