package dev.sendstatus.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.query.WrongParameter;
import io.javalin.http.Context;
import java.io.IOException;

/** Answers in JSON. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** Of a body that holds a few words. */
    private static final int MOST_BODY = 10_000;

    private Json() {}

    static void answer(Context ctx, JsonNode document) {
        ctx.contentType("application/json").result(document.toString());
    }

    /** A list that has no further page. */
    static void list(Context ctx, ArrayNode items) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.set("items", items);
        answer(ctx, page.putNull("next_cursor"));
    }

    /** A short body. @param complaint the text for a body that is no JSON */
    static JsonNode body(Context ctx, String complaint) throws WrongParameter, IOException {
        try {
            return MAPPER.readTree(ctx.bodyInputStream().readNBytes(MOST_BODY));
        } catch (JsonProcessingException e) {
            throw new WrongParameter(complaint);
        }
    }
}
