package dev.sendstatus.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sendstatus.store.Notice;
import dev.sendstatus.text.MaskedNumbers;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes messages of notices. */
final class Messages {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Fields that hold times and the like, and no numbers of people. */
    private static final Set<String> NEVER_MASKED =
            Set.of("id", "rule", "state", "severity", "since", "fired_at", "resolved_at", "silenced_until");

    private final String publicUrl;
    private final ZoneId zone;

    /** @param publicUrl of this server, without a slash at its end */
    Messages(String publicUrl, ZoneId zone) {
        this.publicUrl = publicUrl;
        this.zone = zone;
    }

    /** Alerts, in one message. */
    Message alerts(String id, List<Notice> notices, boolean fullNumbers) {
        List<Note> notes = new ArrayList<>();
        ObjectNode first = null;
        for (Notice notice : notices) {
            ObjectNode alert = document(notice, fullNumbers);
            String link = publicUrl + "/ui/alerts/" + alert.path("id").asText();
            notes.add(new AlertNote(notice, alert, zone).note(link));
            alert.put("link", link);
            first = first == null ? alert : first;
        }
        String subject = notes.size() == 1
                ? notes.get(0).title()
                : notes.size() + " alerts: " + notes.get(0).title() + " and more";
        Notice one = notices.get(0);
        return new Message(
                id,
                one.at(),
                "[Sendstatus] " + subject,
                notes,
                one.type().word(),
                first == null ? JsonNodeFactory.instance.objectNode() : first,
                null);
    }

    private static ObjectNode document(Notice notice, boolean fullNumbers) {
        try {
            JsonNode document = JSON.readTree(notice.document());
            ObjectNode alert = document instanceof ObjectNode object ? object : JSON.createObjectNode();
            if (!fullNumbers) {
                mask(alert);
            }
            return alert;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the document of the notice " + notice.subject() + " is no JSON");
        }
    }

    private static void mask(ObjectNode node) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!NEVER_MASKED.contains(field.getKey())) {
                field.setValue(masked(field.getValue()));
            }
        }
    }

    private static JsonNode masked(JsonNode value) {
        if (value instanceof TextNode text) {
            return TextNode.valueOf(MaskedNumbers.text(text.textValue()));
        }
        if (value instanceof ObjectNode object) {
            mask(object);
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i)));
            }
        }
        return value;
    }

    /** Says that the channel works. */
    Message test(String id, Instant at, String channel) {
        Note note = new Note(
                Tone.INFO,
                "A test of the channel " + channel,
                "Somebody asked Sendstatus to try this channel. It works.",
                List.of(),
                publicUrl);
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("channel", channel);
        return new Message(
                id, at, "[Sendstatus] Test of the channel " + channel, List.of(note), "channel.test", data, null);
    }
}
