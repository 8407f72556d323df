package dev.sendstatus.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.Alert;
import org.jspecify.annotations.Nullable;

/** An alert as the JSON of the API; notices and the command line have the same. */
public final class AlertDocument {
    /** Of a comment, in characters. */
    private static final int LONGEST_COMMENT = 1_000;

    private AlertDocument() {}

    public static ObjectNode of(Alert alert) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", alert.id());
        node.put("rule", alert.rule());
        node.put("key", alert.key());
        node.put("state", ParameterText.word(alert.state()));
        node.put("severity", ParameterText.word(alert.severity()));
        node.put("since", Times.text(alert.since()));
        node.put("fired_at", Times.text(alert.firedAt()));
        node.put("resolved_at", Times.text(alert.resolvedAt()));
        node.put("value", alert.value());
        node.put("usual", alert.usual());
        node.put("n", alert.messages());
        ArrayNode parts = node.putArray("parts");
        alert.parts().forEach(parts::add);
        node.put("text", alert.text());
        node.put("advice", alert.advice());
        node.put("silenced_until", Times.text(alert.silencedUntil()));
        node.put("comment", alert.comment());
        return node;
    }

    /** Checks the comment of a silence. @param comment null if there is none */
    public static void checkComment(@Nullable String comment) throws WrongParameter {
        if (comment != null && comment.length() > LONGEST_COMMENT) {
            throw new WrongParameter("comment has at most " + LONGEST_COMMENT + " characters.");
        }
    }
}
