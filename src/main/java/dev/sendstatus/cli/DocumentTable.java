package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import dev.sendstatus.text.Table.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The API's documents, and documents like them, as tables and cells for a person. */
final class DocumentTable {
    private DocumentTable() {}

    /**
     * Adds a row for each document.
     *
     * @param table whose headings are the documents' keys, with blanks for underscores. Without the column {@code provider} an account is
     *     shown as {@code provider/account}.
     */
    static Table of(Table table, JsonNode documents) {
        boolean whole = !table.heading().contains("provider");
        for (JsonNode document : documents) {
            table.row(table.heading().stream()
                    .map(heading -> cell(document, heading.replace(' ', '_'), whole))
                    .toArray());
        }
        return table;
    }

    /** Adds a row for each of the keys that is set. */
    static void facts(Table facts, JsonNode document, String... keys) {
        for (String key : keys) {
            if (document.hasNonNull(key)) {
                facts.row(key.replace('_', ' '), cell(document, key, false));
            }
        }
    }

    private static Object cell(JsonNode document, String key, boolean wholeAccount) {
        JsonNode value = document.path(key);
        if (key.equals("account") && wholeAccount) {
            return text(document.path("provider")) + "/" + text(value);
        }
        return switch (key) {
            case "status" -> status(document);
            case "error_code" -> code(document);
            default -> key.endsWith("_at") ? time(value) : value.isBoolean() ? yes(value) : text(value);
        };
    }

    static Table messages(JsonNode messages) {
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

    /** The status of a message, a recipient or an event. An error, and a message that is stuck, are to be seen first. */
    static Object status(JsonNode document) {
        String status = text(document.path("status"));
        if (document.hasNonNull("stuck")) {
            String reason = text(document.path("stuck").path("reason")).replace('_', ' ');
            return Table.marked(Mark.WARNING, status + ", stuck: " + reason);
        }
        return status.equals("ERROR") ? Table.marked(Mark.ALARM, status) : status;
    }

    /** A time, to the second. */
    static String time(JsonNode time) {
        return time.isTextual() ? Figures.time(Instant.parse(time.asText())) : Table.NONE;
    }

    static String text(JsonNode text) {
        return text.isMissingNode() || text.isNull() ? Table.NONE : text.asText();
    }

    /** A code with its meaning, where the document has one. */
    static String code(JsonNode document) {
        String title = document.path("error").path("title").asText("");
        return text(document.path("error_code")) + (title.isEmpty() ? "" : " " + title);
    }

    static String yes(JsonNode truth) {
        return truth.asBoolean() ? "yes" : Table.NONE;
    }
}
