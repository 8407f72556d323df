package dev.sendstatus.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A webhook of a Teams workflow: an Adaptive Card in a message. Its texts are runs, in which there is no mark-up; text blocks would read
 * Markdown.
 */
final class AdaptiveCard {
    /** Teams refuses 28 KB. */
    private static final int MOST_BYTES = 27_000;

    private static final int MOST_NOTES = 10;
    private static final int MOST_TITLE = 250;
    private static final int MOST_TEXT = 1_500;
    private static final int MOST_VALUE = 600;

    private AdaptiveCard() {}

    static ObjectNode body(Message message) {
        ObjectNode body = body(message.cutTo(MOST_NOTES).notes());
        for (int most = MOST_NOTES - 1; tooLarge(body) && most > 1; most--) {
            body = body(message.cutTo(most).notes());
        }
        return body;
    }

    private static boolean tooLarge(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
    }

    private static ObjectNode body(List<Note> notes) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "message");
        ObjectNode attachment = body.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.putNull("contentUrl");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        card.putObject("msteams").put("width", "Full");
        ArrayNode items = card.putArray("body");
        notes.forEach(note -> container(items.addObject(), note));
        return body;
    }

    private static void container(ObjectNode container, Note note) {
        container.put("type", "Container");
        container.put("style", style(note.tone()));
        ArrayNode items = container.putArray("items");
        run(items, note.title(), MOST_TITLE).put("weight", "Bolder").put("size", "Medium");
        if (!note.text().isEmpty()) {
            run(items, note.text(), MOST_TEXT);
        }
        for (Note.Fact fact : note.facts()) {
            ObjectNode label = run(items, fact.label() + ":", MOST_TITLE).put("weight", "Bolder");
            label.put("text", label.path("text").asText() + " ");
            ((ArrayNode) items.get(items.size() - 1).get("inlines")).add(run(fact.value(), MOST_VALUE));
        }
        if (note.link() != null) {
            ObjectNode actions = items.addObject().put("type", "ActionSet");
            actions.putArray("actions")
                    .addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", "Open")
                    .put("url", note.link());
        }
    }

    private static String style(Tone tone) {
        return switch (tone) {
            case GOOD -> "good";
            case INFO -> "accent";
            case WARNING -> "warning";
            case CRITICAL -> "attention";
        };
    }

    /** A paragraph of one run, which is returned. */
    private static ObjectNode run(ArrayNode items, String text, int most) {
        ObjectNode run = run(text, most);
        items.addObject().put("type", "RichTextBlock").putArray("inlines").add(run);
        return run;
    }

    private static ObjectNode run(String text, int most) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "TextRun")
                .put("text", Outside.cut(Outside.line(text), most));
    }
}
