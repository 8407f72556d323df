package dev.sendstatus.provider;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An account's Ed25519 public key. Each thread keeps one Signature for it, which is ready again after every verification:
 * making one anew means decoding the key's point each time. Safe for use by several threads.
 */
public final class Ed25519Key {
    /** Bytes of an Ed25519 public key. */
    public static final int LENGTH = 32;

    private final byte[] raw;
    private final ThreadLocal<@Nullable Signature> ready = new ThreadLocal<>();

    public Ed25519Key(byte[] raw) {
        if (raw.length != LENGTH) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, not " + raw.length);
        }
        this.raw = raw.clone();
    }

    /** Whether these 32 bytes are a point of the curve at all: one byte mistyped, and in half of all cases they are not. */
    public static boolean isPoint(byte[] raw) {
        try {
            Ed25519.ofJdk().verifier(raw);
            return true;
        } catch (InvalidKeyException | InvalidKeySpecException noPoint) {
            return false;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("every Java platform from 15 on has Ed25519", unusable);
        }
    }

    /** Chooses the implementation that verifies, if that has not been done, which takes half a second; @return its name */
    public static String prepare() {
        return Ed25519.chosen().name();
    }

    public boolean is(byte[] other) {
        return Arrays.equals(raw, other);
    }

    /** Whether that signature is one of this key over these bytes one after the other. */
    public boolean verifies(byte[] signature, byte[]... parts) {
        Signature verifier = ready.get();
        ready.remove();
        try {
            if (verifier == null) {
                verifier = Ed25519.chosen().verifier(raw);
            }
            for (byte[] part : parts) {
                verifier.update(part);
            }
            boolean good = verifier.verify(signature);
            ready.set(verifier);
            return good;
        } catch (SignatureException malformed) {
            // Left out of the thread: its state after this is not defined.
            return false;
        } catch (InvalidKeyException | InvalidKeySpecException noPoint) {
            // Settings with such a key are refused at the start; no signature can be one of theirs.
            return false;
        } catch (GeneralSecurityException unusable) {
            // It passed its self-test, so something broke since, and then nothing may get in.
            throw new IllegalStateException("Ed25519 of " + Ed25519.chosen().name() + " stopped working", unusable);
        }
    }
}
