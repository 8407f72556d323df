package dev.sendstatus.provider.example;

import dev.sendstatus.provider.HmacKey;
import org.jspecify.annotations.Nullable;

/** The secrets of one account. @param secondary accepted as well while the first is changed; null if there is none */
record ExampleKeys(HmacKey secret, @Nullable HmacKey secondary) {
    boolean sign(ExampleSignature signature, byte[] body) {
        // Both are always compared, so that the time does not tell which one is in use.
        boolean first = signature.isBy(secret, body);
        boolean second = secondary != null && signature.isBy(secondary, body);
        return first || second;
    }

    @Override
    public String toString() {
        return "ExampleKeys[hidden]";
    }
}
