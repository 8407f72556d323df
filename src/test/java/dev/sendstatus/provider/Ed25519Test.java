package dev.sendstatus.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever implementation a machine ends up with judges the same. */
class Ed25519Test {
    private static final List<Ed25519> WORKING = Ed25519.FASTEST_FIRST.stream()
            .map(Ed25519::tried)
            .filter(Objects::nonNull)
            .toList();

    @Test
    void theJdkAndBouncyCastleWorkEverywhere() {
        assertThat(WORKING).extracting(Ed25519::name).contains("Bouncy Castle", "JDK");
    }

    @Test
    void theFirstThatWorksIsChosen() {
        assertThat(Ed25519Key.prepare()).isEqualTo(WORKING.get(0).name());
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
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519", "SunEC").generateKeyPair();
        byte[] x509 = keys.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(x509, x509.length - Ed25519Key.LENGTH, x509.length);
        byte[] message = bytes("1795608000|{}");
        Signature signer = Signature.getInstance("Ed25519", "SunEC");
        signer.initSign(keys.getPrivate());
        signer.update(message);
        byte[] right = signer.sign();
        signer.update(bytes("1795608001|{}"));
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
        assertThatThrownBy(() -> new Ed25519Key(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keyThatIsNoPointVerifiesNothing() {
        byte[] noPoint = new byte[32];
        noPoint[0] = 2;
        Ed25519Key key = new Ed25519Key(noPoint);
        assertThat(key.verifies(new byte[64], bytes("1795608000"), new byte[0])).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
