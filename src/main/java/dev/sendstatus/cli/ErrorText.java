package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.text.Table;

/** The meaning of a code, for a person, from the {@code error} object of the API. */
final class ErrorText {
    private ErrorText() {}

    static void print(CliContext context, JsonNode error) {
        context.out()
                .println(
                        error.path("code").asText() + "  " + error.path("title").asText());
        context.print(Table.facts()
                .row("  meaning", error.path("meaning").asText())
                .row("  advice", error.path("advice").asText())
                .row("  category", error.path("category").asText())
                .row("  charged", error.path("charged").asText())
                .row("  retryable", error.path("retryable").asBoolean() ? "yes" : "no"));
    }
}
