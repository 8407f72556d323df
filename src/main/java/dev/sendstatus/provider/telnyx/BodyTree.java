package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/**
 * A body as a tree of what is read in it; the rest is checked to be JSON and passed over. The whole tree was the dearest part of
 * a callback, and three quarters of it (the text, the URLs, the profile) are never asked for.
 */
final class BodyTree {
    /** Every name that any reader in this package asks for. */
    private static final Set<String> READ = Set.of(
            "data",
            "event_type",
            "id",
            "occurred_at",
            "payload",
            "record_type", // the envelope
            "to",
            "from",
            "direction",
            "status",
            "errors",
            "parts",
            "cost",
            "sent_at",
            "received_at",
            "group_message_id",
            "phone_number",
            "address",
            "agent_id",
            "carrier", // of to and from
            "code",
            "source",
            "pointer", // of errors
            "amount",
            "currency", // of cost
            "sms_id",
            "body",
            "created",
            "updated"); // v1

    /** The deepest documented value lies 7 levels down; RCS cards go a little deeper. */
    private static final int DEEPEST = 64;

    // Names in a body are the sender's: they do not belong among the JVM's interned strings.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(100)
                    .build())
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private BodyTree() {}

    /** @throws IOException if it is no JSON to its last byte */
    static JsonNode read(byte[] body) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            JsonToken first = json.nextToken();
            JsonNode root = first == null ? NODES.missingNode() : value(json, first);
            if (json.nextToken() != null) {
                throw new JsonParseException(json, "something after the end");
            }
            return root;
        }
    }

    private static JsonNode value(JsonParser json, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> NODES.textNode(json.getText());
            // As a double: an absurd exponent would fail the whole body as a BigDecimal.
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(json.getDoubleValue());
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new JsonParseException(json, "a value is missing");
        };
    }

    private static JsonNode integer(JsonParser json) throws IOException {
        return switch (json.getNumberType()) {
            case INT -> NODES.numberNode(json.getIntValue());
            case LONG -> NODES.numberNode(json.getLongValue());
            default -> NODES.numberNode(json.getBigIntegerValue());
        };
    }

    private static JsonNode object(JsonParser json) throws IOException {
        ObjectNode object = NODES.objectNode();
        String name;
        while ((name = json.nextFieldName()) != null) {
            JsonToken token = json.nextToken();
            if (READ.contains(name)) {
                object.set(name, value(json, token));
            } else {
                json.skipChildren();
            }
        }
        return object;
    }

    private static JsonNode array(JsonParser json) throws IOException {
        ArrayNode array = NODES.arrayNode();
        JsonToken token;
        while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
            array.add(value(json, token));
        }
        return array;
    }
}
