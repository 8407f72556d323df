package dev.sendstatus.channel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.outbound.Destination;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import okhttp3.HttpUrl;

/** ntfy, by JSON that is posted to its root: in the headers of its other form only ASCII goes safely. */
record Ntfy(String topic, Destination root) {
    private static final int MOST_NOTES = 10;
    private static final int MOST_TITLE = 200;
    private static final int MOST_LINE = 400;
    /** ntfy makes a file of a message of more than 4,096 bytes. */
    private static final int MOST_BYTES = 4_000;

    /** @param destination with the topic as the last part of its path */
    static Ntfy of(Destination destination) {
        HttpUrl.Builder root = destination.url().newBuilder();
        String last = "";
        HttpUrl url = destination.url();
        for (int i = url.pathSize() - 1; i >= 0 && last.isEmpty(); i--) {
            last = url.pathSegments().get(i);
            root.removePathSegment(i);
        }
        return new Ntfy(last, new Destination(root.build(), destination.secrets(), destination.timeout(), true));
    }

    ObjectNode body(Message message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("topic", topic);
        body.put("title", Outside.cut(Outside.line(message.subject()), MOST_TITLE));
        body.put("message", fitting(message));
        body.put("priority", priority(message.tone()));
        body.putArray("tags").add(tag(message.tone()));
        message.notes().stream()
                .map(Note::link)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(link -> body.put("click", link));
        return body;
    }

    private static String fitting(Message message) {
        String text = text(message.cutTo(MOST_NOTES));
        for (int most = MOST_NOTES - 1; tooLong(text) && most > 1; most--) {
            text = text(message.cutTo(most));
        }
        for (int most = MOST_BYTES; tooLong(text); most -= 100) {
            text = Outside.cut(text, most);
        }
        return text;
    }

    private static boolean tooLong(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
    }

    private static String text(Message message) {
        StringBuilder text = new StringBuilder();
        for (Note note : message.notes()) {
            text.append(text.isEmpty() ? "" : "\n\n");
            if (message.notes().size() > 1) {
                text.append(line(note.title())).append('\n');
            }
            text.append(line(note.text()));
            note.facts().forEach(fact -> text.append('\n').append(line(fact.label() + ": " + fact.value())));
        }
        return text.toString().strip();
    }

    private static String line(String text) {
        return Outside.cut(Outside.line(text), MOST_LINE);
    }

    private static int priority(Tone tone) {
        return switch (tone) {
            case GOOD, INFO -> 3;
            case WARNING -> 4;
            case CRITICAL -> 5;
        };
    }

    /** ntfy shows these words as pictures. */
    private static String tag(Tone tone) {
        return switch (tone) {
            case GOOD -> "white_check_mark";
            case INFO -> "information_source";
            case WARNING -> "warning";
            case CRITICAL -> "rotating_light";
        };
    }
}
