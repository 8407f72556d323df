package dev.sendstatus.relay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.outbound.PushClient.Push;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.state.Change;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** The body of a push. */
public final class RelayEvent {
    private RelayEvent() {}

    /** A change, the same each time. @param feed it is of */
    public static Push of(Change change, String feed, MessageDocument document) {
        return push(
                "chg_" + feed + "_" + change.sequence(),
                change.type().word(),
                change.event().receivedAt(),
                document.change(change));
    }

    /** One that says nothing, to see whether it arrives. */
    public static Push test(String endpoint, Instant now) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("endpoint", endpoint);
        return push("test_" + UUID.randomUUID(), "relay.test", now, data);
    }

    private static Push push(String id, String type, Instant timestamp, ObjectNode data) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("type", type);
        event.put("timestamp", timestamp.toString());
        event.set("data", data);
        return new Push(id, event.toString().getBytes(StandardCharsets.UTF_8));
    }
}
