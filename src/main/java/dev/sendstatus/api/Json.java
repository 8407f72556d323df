package dev.sendstatus.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;

/** Answers in JSON. */
final class Json {
    private Json() {}

    static void answer(Context ctx, JsonNode document) {
        ctx.contentType("application/json").result(document.toString());
    }
}
