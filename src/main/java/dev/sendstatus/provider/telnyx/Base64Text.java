package dev.sendstatus.provider.telnyx;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Standard Base64 of a known number of bytes: keys and signatures. */
final class Base64Text {
    private Base64Text() {}

    /** Null if it is something else. */
    static byte @Nullable [] decoded(String text, int length) {
        if (text.length() > (length + 2) / 3 * 4) {
            return null;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return bytes.length == length ? bytes : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
