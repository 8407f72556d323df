package dev.sendstatus.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.MessagePage;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckView;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Several messages as one JSON document: each as it is shown by itself. */
public record MessageList(MessageDocument document, StuckLimits limits) {

    public ObjectNode page(MessagePage page, Instant now) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        addItems(node, page.messages(), now);
        Long next = page.next();
        node.put("next_cursor", next == null ? null : Cursor.write(next));
        return node;
    }

    /** @param ids all that were asked for, each once */
    public ObjectNode lookup(Collection<String> ids, List<StoredMessage> found, Instant now) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        addItems(node, found, now);
        Set<String> known = new HashSet<>();
        found.forEach(message -> known.add(message.state().message().id()));
        ArrayNode missing = node.putArray("missing");
        ids.stream().filter(id -> !known.contains(id)).forEach(missing::add);
        return node;
    }

    private void addItems(ObjectNode node, List<StoredMessage> messages, Instant now) {
        ArrayNode items = node.putArray("items");
        for (StoredMessage message : messages) {
            MessageState state = message.state();
            items.add(document.message(state, StuckView.of(message, now, limits)));
        }
    }
}
