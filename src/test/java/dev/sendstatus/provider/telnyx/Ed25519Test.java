package dev.sendstatus.provider.telnyx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever implementation a machine ends up with judges the same. */
class Ed25519Test {
    private static final List<Ed25519> WORKING = Ed25519.working();

    @Test
    void theJdkAndBouncyCastleWorkEverywhere() {
        assertThat(WORKING).extracting(Ed25519::name).contains("Bouncy Castle", "JDK");
    }

    @Test
    void theFirstThatWorksIsChosen() {
        assertThat(new TelnyxAdapter().signatureProvider())
                .isEqualTo(WORKING.get(0).name());
    }

    @Test
    void libraryThatCannotLoadIsPassedOver() {
        List<Supplier<@Nullable Provider>> broken = List.of(
                () -> {
                    throw new UnsatisfiedLinkError("no such library");
                },
                () -> {
                    throw new NoClassDefFoundError("initialised in vain");
                },
                () -> {
                    throw new SecurityException("temporary folder not executable");
                },
                () -> new Provider("Empty", "1", "without any algorithm") {});
        for (Supplier<@Nullable Provider> provider : broken) {
            assertThat(Ed25519.tried(new Ed25519.Candidate("broken", provider, true)))
                    .isNull();
            assertThat(Ed25519.tried(new Ed25519.Candidate("broken", provider, false)))
                    .isNull();
        }
    }

    @Test
    void allJudgeAlike() throws GeneralSecurityException {
        KeyPair keys = SignedRequest.newKeys();
        byte[] raw = Base64.getDecoder().decode(SignedRequest.portalForm(keys));
        byte[] message = SignedRequest.bytes("1795608000|{}");
        Signature signer = Signature.getInstance("Ed25519", "SunEC");
        signer.initSign(keys.getPrivate());
        signer.update(message);
        byte[] right = signer.sign();
        signer.update(SignedRequest.bytes("1795608001|{}"));
        byte[] wrong = signer.sign();
        for (Ed25519 implementation : WORKING) {
            Signature verifier = implementation.verifier(raw);
            for (byte[] signature : List.of(right, wrong, right)) {
                verifier.update(message);
                assertThat(verifier.verify(signature)).as(implementation.name()).isEqualTo(signature == right);
            }
        }
    }

    @Test
    void keyOfAnotherLengthIsNoKey() {
        assertThatThrownBy(() -> new TelnyxPublicKey(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keyThatIsNoPointVerifiesNothing() {
        byte[] noPoint = new byte[32];
        noPoint[0] = 2;
        TelnyxPublicKey key = new TelnyxPublicKey(noPoint);
        assertThat(key.verifies(new byte[64], SignedRequest.bytes("1795608000"), new byte[0]))
                .isFalse();
    }
}
