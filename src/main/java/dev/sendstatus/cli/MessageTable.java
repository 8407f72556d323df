package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import dev.sendstatus.text.Table.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Messages for a person, from the API's documents of them: a table of several, and the cells that one message is shown with. */
final class MessageTable {
    private MessageTable() {}

    static Table of(JsonNode messages) {
        Table table = Table.texts(
                        "first heard",
                        "provider",
                        "account",
                        "id",
                        "from",
                        "to",
                        "status",
                        "code",
                        "meaning",
                        "campaign")
                .optional("campaign", "account", "from", "provider", "first heard", "meaning");
        for (JsonNode message : messages) {
            table.row(
                    time(message.path("first_event_at")),
                    text(message.path("provider")),
                    text(message.path("account")),
                    text(message.path("id")),
                    text(message.path("from")),
                    recipients(message.path("recipients")),
                    status(message),
                    text(message.path("error_code")),
                    text(message.path("error").path("title")),
                    text(message.path("campaign")));
        }
        return table;
    }

    private static String recipients(JsonNode recipients) {
        List<String> all = new ArrayList<>();
        recipients.forEach(recipient -> all.add(text(recipient.path("to"))));
        return all.isEmpty() ? Table.NONE : String.join(", ", all);
    }

    /** Of a message, a recipient or an event; an error, and a message that is stuck, are to be seen first. */
    static Object status(JsonNode document) {
        String status = text(document.path("status"));
        if (document.hasNonNull("stuck")) {
            String reason = text(document.path("stuck").path("reason")).replace('_', ' ');
            return Table.marked(Mark.WARNING, status + ", stuck: " + reason);
        }
        return status.equals("ERROR") ? Table.marked(Mark.ALARM, status) : status;
    }

    /** To the second. */
    static String time(JsonNode time) {
        return time.isTextual() ? Figures.time(Instant.parse(time.asText())) : Table.NONE;
    }

    static String text(JsonNode text) {
        return text.isMissingNode() || text.isNull() ? Table.NONE : text.asText();
    }

    /** With what the code means, where the document has it. */
    static String code(JsonNode document) {
        String title = document.path("error").path("title").asText("");
        return text(document.path("error_code")) + (title.isEmpty() ? "" : " " + title);
    }

    static String yes(JsonNode truth) {
        return truth.asBoolean() ? "yes" : Table.NONE;
    }
}
