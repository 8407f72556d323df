package dev.sendstatus.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * Notes as the attachments that Slack invented, an attachment each. Rocket.Chat, Discord's {@code /slack} and others take these too, where
 * they know nothing of Slack's blocks.
 */
final class Attachments {
    static final Attachments SLACK = new Attachments(
            text -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    /** In Mattermost every text is Markdown. */
    static final Attachments MATTERMOST = new Attachments(text -> Outside.escaped(text, "\\*_~`|>#[]()!"));

    private static final int MOST_NOTES = 10;
    /** Slack cuts longer ones by itself, in the middle of an escape. */
    private static final int MOST_TITLE = 250;

    private static final int MOST_TEXT = 3_000;
    private static final int MOST_VALUE = 1_500;
    /** So short that two stand side by side. */
    private static final int SHORT = 30;

    private final UnaryOperator<String> escape;

    /** @param escape takes the meaning from mark-up */
    private Attachments(UnaryOperator<String> escape) {
        this.escape = escape;
    }

    ObjectNode body(Message message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode attachments = body.putArray("attachments");
        message.cutTo(MOST_NOTES).notes().forEach(note -> attachment(attachments.addObject(), note));
        return body;
    }

    private void attachment(ObjectNode attachment, Note note) {
        attachment.put("fallback", text(note.title() + (note.text().isEmpty() ? "" : ": " + note.text()), MOST_VALUE));
        attachment.put("color", note.tone().colour());
        attachment.put("title", text(note.title(), MOST_TITLE));
        if (note.link() != null) {
            attachment.put("title_link", note.link());
        }
        attachment.put("text", text(note.text(), MOST_TEXT));
        ArrayNode fields = attachment.putArray("fields");
        for (Note.Fact fact : note.facts()) {
            fields.addObject()
                    .put("title", text(fact.label(), MOST_TITLE))
                    .put("value", text(fact.value(), MOST_VALUE))
                    .put("short", fact.value().length() <= SHORT);
        }
        // In none of the texts Slack looks for mark-up.
        attachment.putArray("mrkdwn_in");
    }

    /** Cut before it is escaped, so that no escape is cut. */
    private String text(String text, int most) {
        return escape.apply(Outside.cut(Outside.line(text), most));
    }
}
