package dev.sendstatus.provider.telnyx;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/** Plays Telnyx's part: signs callbacks with a private key of our own. Bouncy Castle, since the JDK derives no public keys. */
final class SimulationKey {
    static final int LENGTH = Ed25519PrivateKeyParameters.KEY_SIZE;

    private final Ed25519PrivateKeyParameters key;

    private final String text;

    private SimulationKey(String text, byte[] seed) {
        this.text = text;
        this.key = new Ed25519PrivateKeyParameters(seed, 0);
    }

    /** Null if the text is not Base64 of 32 bytes. */
    static @Nullable SimulationKey of(String base64Seed) {
        byte[] seed = Base64Text.decoded(base64Seed, LENGTH);
        return seed == null ? null : new SimulationKey(base64Seed, seed);
    }

    boolean isOf(@Nullable String base64Seed) {
        return text.equals(base64Seed);
    }

    byte[] publicKey() {
        return key.generatePublicKey().getEncoded();
    }

    /** The value of the signature header. */
    String signature(String time, byte[] body) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        byte[] prefix = (time + "|").getBytes(StandardCharsets.US_ASCII);
        signer.update(prefix, 0, prefix.length);
        signer.update(body, 0, body.length);
        return Base64.getEncoder().encodeToString(signer.generateSignature());
    }
}
