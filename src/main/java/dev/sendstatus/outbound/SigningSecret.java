package dev.sendstatus.outbound;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that a receiver shares, as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> has it. */
public final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int USUAL_BYTES = 32;
    /** As few as the standard recommends. */
    private static final int LEAST_BYTES = 24;

    private final SecretKeySpec key;

    private SigningSecret(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * Reads a secret as it is written down: {@code whsec_} and Base64.
     *
     * @throws IllegalArgumentException if it is none; the message tells the mistake, and nothing of the secret
     */
    public static SigningSecret read(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no secret, which is whsec_ and then Base64");
        }
        if (bytes.length == 0) {
            throw new IllegalArgumentException("is an empty secret");
        }
        return new SigningSecret(bytes);
    }

    /** A new one, written down. */
    public static String make() {
        byte[] bytes = new byte[USUAL_BYTES];
        new SecureRandom().nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** Whether it is so short that it might be guessed. */
    public boolean isShort() {
        return key.getEncoded().length < LEAST_BYTES;
    }

    /** One signature, as it stands in {@code webhook-signature}. @param seconds the {@code webhook-timestamp} */
    public String signature(String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    /** Nothing of the secret. */
    @Override
    public String toString() {
        return "SigningSecret";
    }
}
