package dev.sendstatus.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;

/** Where a page of the quarantine ended, as text that nobody is meant to read. What comes meanwhile is newer and moves nothing. */
final class QuarantineCursor {
    private static final String MARK = "q";

    private QuarantineCursor() {}

    /** @param last the number of the page's last callback */
    static String write(long last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((MARK + last).getBytes(StandardCharsets.US_ASCII));
    }

    /** Empty if it is none. */
    static OptionalLong read(String cursor) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
        return text.startsWith(MARK) ? number(text.substring(MARK.length())) : OptionalLong.empty();
    }

    /** A number of plain digits; empty for anything else. */
    static OptionalLong number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
