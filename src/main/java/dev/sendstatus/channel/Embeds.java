package dev.sendstatus.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Discord's webhooks: an embed for each note. */
final class Embeds {
    private static final String SPECIAL = "\\*_~`|<>#[]()";
    private static final int MOST_EMBEDS = 10;
    private static final int MOST_TITLE = 256;
    private static final int MOST_DESCRIPTION = 4_096;
    /** Of the titles and descriptions of all embeds together it is 6,000. */
    private static final int MOST_TOTAL = 5_900;

    private Embeds() {}

    static ObjectNode body(Message message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode embeds = body.putArray("embeds");
        List<Note> notes = message.cutTo(MOST_EMBEDS).notes();
        int each = MOST_TOTAL / notes.size();
        for (Note note : notes) {
            ObjectNode embed = embeds.addObject();
            String title = Outside.cut(escaped(note.title()), MOST_TITLE);
            embed.put("title", title);
            if (note.link() != null) {
                embed.put("url", note.link());
            }
            embed.put("color", Integer.parseInt(note.tone().colour().substring(1), 16));
            embed.put("description", Outside.cut(description(note), Math.min(MOST_DESCRIPTION, each - title.length())));
        }
        body.putObject("allowed_mentions").putArray("parse");
        return body;
    }

    private static String description(Note note) {
        StringBuilder text = new StringBuilder(escaped(note.text()));
        for (Note.Fact fact : note.facts()) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append("**")
                    .append(escaped(fact.label()))
                    .append(":** ")
                    .append(escaped(fact.value()));
        }
        return text.toString();
    }

    private static String escaped(String text) {
        return Outside.escaped(Outside.line(text), SPECIAL);
    }
}
