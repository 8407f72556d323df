package dev.sendstatus.provider.telnyx;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The v1 signature {@code t=<seconds>,h=<Base64>}: HMAC-SHA256 by the messaging profile's secret over time, dot and body. */
record ProfileSignature(SignedTime time, byte[] hash) {
    static final String HEADER = "X-Telnyx-Signature";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int HASH_LENGTH = 32;

    private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(ProfileSignature::newMac);

    /** Null if the header is not of that form. Parts of another name are passed over. */
    static @Nullable ProfileSignature of(String header) {
        SignedTime time = null;
        byte[] hash = null;
        int start = 0;
        while (start <= header.length()) {
            int comma = header.indexOf(',', start);
            int end = comma < 0 ? header.length() : comma;
            String part = header.substring(start, end).strip();
            if (part.startsWith("t=")) {
                time = SignedTime.of(part.substring(2));
            } else if (part.startsWith("h=")) {
                hash = Base64Text.decoded(part.substring(2), HASH_LENGTH);
            }
            start = end + 1;
        }
        return time == null || hash == null ? null : new ProfileSignature(time, hash);
    }

    boolean isBy(List<SecretKey> secrets, byte[] body) {
        boolean found = false;
        for (SecretKey secret : secrets) {
            found |= MessageDigest.isEqual(expected(secret, body), hash);
        }
        return found;
    }

    private byte[] expected(SecretKey secret, byte[] body) {
        Mac mac = MAC.get();
        try {
            mac.init(secret);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 takes any key that is not empty", impossible);
        }
        mac.update(time.bytes());
        mac.update((byte) '.');
        return mac.doFinal(body);
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
