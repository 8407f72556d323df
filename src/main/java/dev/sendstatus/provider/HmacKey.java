package dev.sendstatus.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that signs by HMAC. It keeps one keyed {@link Mac} for each thread: finding the algorithm and keying it costs more than hashing
 * a callback, and a Mac that was finished is ready for the next.
 */
public final class HmacKey {
    private final ThreadLocal<Mac> mac;

    /** @param algorithm as Java names it: {@code HmacSHA256}; @param secret not empty */
    public HmacKey(String algorithm, String secret) {
        SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm);
        this.mac = ThreadLocal.withInitial(() -> keyed(key));
    }

    /** The hash over these bytes one after the other. */
    public byte[] sign(byte[]... parts) {
        Mac own = mac.get();
        for (byte[] part : parts) {
            own.update(part);
        }
        return own.doFinal();
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + key.getAlgorithm(), e);
        }
    }

    @Override
    public String toString() {
        return "HmacKey[hidden]";
    }
}
