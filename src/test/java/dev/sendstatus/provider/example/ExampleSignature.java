package dev.sendstatus.provider.example;

import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.Words;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

    static ExampleSignature by(String secret, Instant now, byte[] body) {
        String seconds = Long.toString(now.getEpochSecond());
        return new ExampleSignature(seconds, hash(secret, seconds, body));
    }

    boolean isBy(String secret, byte[] body) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.UTF_8),
                hash(secret, seconds, body).getBytes(StandardCharsets.UTF_8));
    }

    boolean isNear(Instant now) {
        return Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                        .abs()
                        .compareTo(TOLERANCE)
                <= 0;
    }

    private static String hash(String secret, String seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
