package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The codes in {@code errors[]}, by the recipient that they concern. Only the code counts: titles vary, and Telnyx's own pages disagree
 * about them. Entries are objects in callbacks and bare code strings in detail records.
 */
final class RecipientErrors {
    private static final int NO_RECIPIENT = -1;

    /** Telnyx lists one or two; the rest of an absurd list is not looked at, which keeps the work for it bounded. */
    private static final int MOST = 100;

    private final List<JsonNode> errors;
    private final int recipients;

    /** @param recipients how many entries {@code to[]} has */
    RecipientErrors(JsonNode payload, int recipients) {
        this.errors = listed(payload);
        this.recipients = recipients;
    }

    /**
     * The code that concerns one recipient: its own {@code to[].errors}, else the error whose {@code source.pointer} names it,
     * else the first that names nobody. A lone recipient takes every error, whatever position it had in the request. Null if there is
     * none, and with a progress that needs no explanation: errors beside a delivery are none.
     */
    @Nullable
    String code(Progress progress, int recipient, @Nullable JsonNode entry) {
        if (progress != Progress.FAILED && progress != Progress.UNCONFIRMED) {
            return null;
        }
        String own = firstCode(listed(entry), error -> true);
        String named = own != null ? own : firstCode(errors, error -> recipients <= 1 || target(error) == recipient);
        return named != null ? named : firstCode(errors, error -> target(error) == NO_RECIPIENT);
    }

    /** Whether any error concerns that recipient, with or without a code. */
    boolean concern(int recipient, @Nullable JsonNode entry) {
        return entry != null && entry.isObject() && JsonFields.says(entry, "errors")
                || errors.stream()
                        .anyMatch(error ->
                                recipients <= 1 || target(error) == recipient || target(error) == NO_RECIPIENT);
    }

    private static List<JsonNode> listed(@Nullable JsonNode holder) {
        JsonNode errors = holder == null ? null : holder.get("errors");
        List<JsonNode> listed = new ArrayList<>(0);
        for (int i = 0; errors != null && errors.isArray() && i < Math.min(errors.size(), MOST); i++) {
            listed.add(errors.get(i));
        }
        return listed;
    }

    private static @Nullable String firstCode(List<JsonNode> errors, Predicate<JsonNode> concerned) {
        for (JsonNode error : errors) {
            String code = JsonFields.textOrNumber(error.isTextual() ? error : error.get("code"));
            if (code != null && JsonFields.usable(code) && concerned.test(error)) {
                return code;
            }
        }
        return null;
    }

    /** The N of {@code /to/N/phone_number}; none as well where N is no entry of this callback. */
    private int target(JsonNode error) {
        String pointer = JsonFields.text(error.get("source"), "pointer");
        String[] path = pointer == null ? new String[0] : pointer.split("/");
        boolean named = path.length > 2 && path[0].isEmpty() && path[1].equals("to");
        int index = named && path[2].length() <= 3 && !path[2].isEmpty() && Words.isDigits(path[2])
                ? Integer.parseInt(path[2])
                : recipients;
        return index < recipients ? index : NO_RECIPIENT;
    }
}
