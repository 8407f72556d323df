package dev.sendstatus.store.postgres;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts as PostgreSQL takes them: without the character 0, which its type text cannot hold, and without halves of characters. */
final class PlainText {
    private static final char REPLACEMENT = '\uFFFD';

    private PlainText() {}

    static String of(String text) {
        String encoded = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return encoded.replace('\0', REPLACEMENT);
    }

    static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : of(text);
    }
}
