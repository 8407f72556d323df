package dev.sendstatus.provider;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The implementation of Ed25519 that verifies: the fastest that loads here and passes a test. Amazon's is native code and the
 * fastest by far, but exists for few platforms; Bouncy Castle's is faster than the JDK's. Chosen at the first use, since
 * loading the native library takes time that commands which verify nothing need not spend. Safe for use by several threads.
 */
final class Ed25519 {
    private static final Logger LOG = LoggerFactory.getLogger(Ed25519.class);

    /** The bytes before the raw key in the X.509 form (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** The test vector 2 of RFC 8032, section 7.1: one byte is signed. */
    private static final byte[] TEST_KEY =
            HexFormat.of().parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

    private static final byte[] TEST_SIGNATURE = HexFormat.of()
            .parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    private static final byte TEST_MESSAGE = 0x72;

    private static final Candidate JDK = new Candidate("JDK", () -> null, true);
    static final List<Candidate> FASTEST_FIRST = List.of(
            new Candidate("Amazon Corretto Crypto Provider", () -> AmazonCorrettoCryptoProvider.INSTANCE, false),
            new Candidate("Bouncy Castle", () -> BouncyCastle.provider(), true),
            JDK);

    /**
     * By itself and behind a lambda, so that its library is touched only where it is needed: the file is signed, and to check that takes
     * 0.2 s.
     */
    private static final class BouncyCastle {
        private BouncyCastle() {}

        static Provider provider() {
            return new BouncyCastleProvider();
        }
    }

    private final String name;
    private final @Nullable Provider provider;
    private final KeyFactory keys;

    /**
     * @param provider loads it; gives null for whatever the JDK brings
     * @param ownKeys whether it makes its keys itself; Amazon's takes the JDK's
     */
    record Candidate(String name, Supplier<@Nullable Provider> provider, boolean ownKeys) {
        Ed25519 load() throws GeneralSecurityException {
            Provider loaded = provider.get();
            KeyFactory keys = loaded != null && ownKeys
                    ? KeyFactory.getInstance("Ed25519", loaded)
                    : KeyFactory.getInstance("Ed25519");
            return new Ed25519(name, loaded, keys);
        }
    }

    /** Initialised by its first use, once, by one thread. */
    private static final class Chosen {
        static final Ed25519 INSTANCE = choose();

        private Chosen() {}
    }

    private Ed25519(String name, @Nullable Provider provider, KeyFactory keys) {
        this.name = name;
        this.provider = provider;
        this.keys = keys;
    }

    /** @throws IllegalStateException (inside an initializer's error) if no implementation works, not even the JDK's */
    static Ed25519 chosen() {
        return Chosen.INSTANCE;
    }

    /** The JDK's own, on every platform and loaded in a moment. A signature takes it twenty times as long as the fastest. */
    static Ed25519 ofJdk() throws GeneralSecurityException {
        return JDK.load();
    }

    String name() {
        return name;
    }

    /** A Signature ready to verify with that key of 32 bytes, for one thread. */
    Signature verifier(byte[] rawKey) throws GeneralSecurityException {
        byte[] x509 = new byte[X509_PREFIX.length + rawKey.length];
        System.arraycopy(X509_PREFIX, 0, x509, 0, X509_PREFIX.length);
        System.arraycopy(rawKey, 0, x509, X509_PREFIX.length, rawKey.length);
        PublicKey key = keys.generatePublic(new X509EncodedKeySpec(x509));
        Signature verifier =
                provider == null ? Signature.getInstance("Ed25519") : Signature.getInstance("Ed25519", provider);
        verifier.initVerify(key);
        return verifier;
    }

    private static Ed25519 choose() {
        for (Candidate candidate : FASTEST_FIRST) {
            Ed25519 working = tried(candidate);
            if (working != null) {
                LOG.info("Ed25519 signatures are verified by {}", working.name);
                return working;
            }
        }
        throw new IllegalStateException("no implementation of Ed25519 works here, not even the JDK's");
    }

    /** Null if it is not for this machine: a native library fails to load with an error, an exception, or silently. */
    static @Nullable Ed25519 tried(Candidate candidate) {
        try {
            Ed25519 loaded = candidate.load();
            if (passesTest(loaded.verifier(TEST_KEY))) {
                return loaded;
            }
            LOG.warn("{} fails its Ed25519 self-test; trying the next", candidate.name());
        } catch (GeneralSecurityException | LinkageError | RuntimeException unusable) {
            LOG.debug("{} has no usable Ed25519; trying the next", candidate.name(), unusable);
        }
        return null;
    }

    /** It must take the right signature, refuse one of an altered message, and still work after that. */
    private static boolean passesTest(Signature verifier) throws GeneralSecurityException {
        for (int change : new int[] {0, 1, 0}) {
            verifier.update((byte) (TEST_MESSAGE + change));
            if (verifier.verify(TEST_SIGNATURE) != (change == 0)) {
                return false;
            }
        }
        return true;
    }
}
