package dev.sendstatus.provider.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.provider.ApiFailed;
import java.io.IOException;

/** An answer's body as JSON. */
public final class JsonBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonBody() {}

    /** @throws ApiFailed without a word of the body, which may hold secrets */
    public static JsonNode read(byte[] body, String host) throws ApiFailed {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (IOException e) {
            throw new ApiFailed(host + " answered with something that is no JSON: check api-base-url");
        }
        if (root == null || !root.isObject()) {
            throw new ApiFailed(host + " answered with JSON that is no object: check api-base-url");
        }
        return root;
    }

    /** The text under that key as it stands, blanks at its ends too; empty if it is null or absent. */
    public static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }
}
