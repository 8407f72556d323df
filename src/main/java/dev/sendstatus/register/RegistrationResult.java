package dev.sendstatus.register;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.MessageKey;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one item.
 *
 * @param index its place, as {@link SendItem.Numbered} has it
 * @param provider null where it could not be read
 * @param id likewise
 * @param problem the mistake, and how to mend it; null if there is none
 */
public record RegistrationResult(
        long index,
        @Nullable String provider,
        @Nullable String id,
        Kind kind,
        @Nullable String problem) {

    /** The possible results of an item. */
    public enum Kind {
        /** It is stored, since now. */
        REGISTERED("registered"),
        /** The same was registered before. */
        UNCHANGED("unchanged"),
        /** The item itself is wrong; nothing was changed. */
        INVALID("error"),
        /** It contradicts an earlier registration; nothing was changed. */
        CONFLICT("error");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** @param problem null if there is none */
    static RegistrationResult of(long index, Send send, Kind kind, @Nullable String problem) {
        MessageKey message = send.message();
        return new RegistrationResult(index, message.provider().word(), message.id(), kind, problem);
    }

    static RegistrationResult invalid(long index, SendItem.Bad item) {
        return new RegistrationResult(index, item.provider(), item.id(), Kind.INVALID, item.problem());
    }

    public boolean failed() {
        return problem != null;
    }

    /** As the API says it. */
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("index", index);
        node.put("provider", provider);
        node.put("id", id);
        node.put("result", kind.word);
        if (problem != null) {
            node.put("problem", problem);
        }
        return node;
    }
}
