package dev.sendstatus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;

/** What a code means, for a person, from the {@code error} object of the API. */
final class ErrorText {
    private ErrorText() {}

    static void print(PrintWriter out, JsonNode error) {
        out.println(error.path("code").asText() + "  " + error.path("title").asText());
        TextTable.print(
                out,
                List.of(
                        List.of("  meaning", error.path("meaning").asText()),
                        List.of("  advice", error.path("advice").asText()),
                        List.of("  category", error.path("category").asText()),
                        List.of("  charged", error.path("charged").asText()),
                        List.of("  retryable", error.path("retryable").asBoolean() ? "yes" : "no")));
    }
}
