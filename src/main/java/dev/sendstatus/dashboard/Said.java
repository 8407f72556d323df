package dev.sendstatus.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The result of a button, which the page after it says once. It travels in a cookie, so that no link can put words into a page.
 *
 * @param good whether the person got the wanted result
 */
public record Said(String text, boolean good) {
    private static final int LONGEST = 500;
    private static final String GOOD = "good ";
    private static final String BAD = "bad ";

    /** The class in the style. */
    public String style() {
        return good ? "good" : "bad";
    }

    String cookie() {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(((good ? GOOD : BAD) + cut).getBytes(StandardCharsets.UTF_8));
    }

    /** Null where the cookie holds nothing that {@link #cookie} made. */
    static @Nullable Said of(String cookie) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (text.startsWith(GOOD)) {
            return new Said(text.substring(GOOD.length()), true);
        }
        return text.startsWith(BAD) ? new Said(text.substring(BAD.length()), false) : null;
    }
}
