package dev.sendstatus.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.Alert;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An alert as the JSON of the API; notices and the command line have the same. */
public final class AlertDocument {
    /** Of the comment of one who silences it, in characters. */
    public static final int LONGEST_COMMENT = 1_000;

    private AlertDocument() {}

    public static ObjectNode of(Alert alert) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", alert.id());
        node.put("rule", alert.rule());
        node.put("key", alert.key());
        node.put("state", word(alert.state()));
        node.put("severity", word(alert.severity()));
        node.put("since", text(alert.since()));
        node.put("fired_at", text(alert.firedAt()));
        node.put("resolved_at", text(alert.resolvedAt()));
        node.put("value", alert.value());
        node.put("usual", alert.usual());
        node.put("n", alert.messages());
        ArrayNode parts = node.putArray("parts");
        alert.parts().forEach(parts::add);
        node.put("text", alert.text());
        node.put("advice", alert.advice());
        node.put("silenced_until", text(alert.silencedUntil()));
        node.put("comment", alert.comment());
        return node;
    }

    /** The state that has this word. @param name what it is given for, with which a complaint begins */
    public static Alert.State state(String name, String word) throws WrongParameter {
        return Stream.of(Alert.State.values())
                .filter(state -> word(state).equals(word))
                .findFirst()
                .orElseThrow(() -> new WrongParameter(name + " is pending, firing or resolved."));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
