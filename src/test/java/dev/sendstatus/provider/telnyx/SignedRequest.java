package dev.sendstatus.provider.telnyx;

import dev.sendstatus.provider.CallbackRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A right request, then one fault. Signs with the plain JDK, by the description, and shares no code with what it tests. */
final class SignedRequest {
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    static final byte[] BODY = bytes("""
            {
              "data": {
                "event_type": "message.finalized",
                "id": "b301ed3f-1490-491f-995f-6e64e69674d4"
              }
            }""");

    private final Map<String, String> headers = new HashMap<>();
    private byte[] body = BODY;
    private Instant receivedAt = NOW;

    static SignedRequest unsigned() {
        return new SignedRequest();
    }

    static SignedRequest ed25519(KeyPair signer) {
        return unsigned().signedBy(signer, seconds(NOW));
    }

    static SignedRequest profile(String secret) {
        return unsigned().signedWith(secret, seconds(NOW));
    }

    SignedRequest signedBy(KeyPair signer, String time) {
        try {
            Signature signature = Signature.getInstance("Ed25519", "SunEC");
            signature.initSign(signer.getPrivate());
            signature.update(bytes(time + "|"));
            signature.update(body);
            return header("telnyx-signature-ed25519", base64(signature.sign())).header("telnyx-timestamp", time);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    SignedRequest signedWith(String secret, String time) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
            mac.update(bytes(time + "."));
            return header("X-Telnyx-Signature", "t=" + time + ",h=" + base64(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    SignedRequest header(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    String header(String name) {
        return Objects.requireNonNull(headers.get(name.toLowerCase(Locale.ROOT)), name);
    }

    SignedRequest without(String name) {
        headers.remove(name.toLowerCase(Locale.ROOT));
        return this;
    }

    SignedRequest body(byte[] other) {
        body = other;
        return this;
    }

    SignedRequest receivedAt(Instant time) {
        receivedAt = time;
        return this;
    }

    CallbackRequest request() {
        Map<String, String> sent = Map.copyOf(headers);
        return new CallbackRequest(
                "POST",
                "https://status.example.com/webhooks/telnyx",
                null,
                name -> sent.get(name.toLowerCase(Locale.ROOT)),
                body,
                receivedAt);
    }

    static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519", "SunEC").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the portal shows it: the 32 bytes alone, which are the last of the X.509 form. */
    static String portalForm(KeyPair keys) {
        byte[] x509 = ((EdECPublicKey) keys.getPublic()).getEncoded();
        byte[] raw = new byte[32];
        System.arraycopy(x509, x509.length - 32, raw, 0, 32);
        return base64(raw);
    }

    static String seconds(Instant time) {
        return Long.toString(time.getEpochSecond());
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
