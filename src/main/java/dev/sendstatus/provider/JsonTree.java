package dev.sendstatus.provider;

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
 * Reads a callback's body as a tree of the fields that are asked for; the rest is checked to be JSON and passed over. The whole tree was
 * the dearest part of a callback, and three quarters of it (the text, the URLs, the profile) are never asked for. Of a field that comes
 * twice the last counts, as for nearly every JSON reader. Jackson bounds depth and lengths; any thread may read.
 */
public final class JsonTree {
    private static final int LONGEST_NUMBER = 100;
    // Names in a body are the sender's: they do not belong among the JVM's interned strings.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Set<String> names;

    /** @param names of all fields that are read, at whatever depth */
    public JsonTree(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /** The body is no JSON to its last byte. The cause's message may quote the body, and must not be told. */
    public static final class NotJson extends IOException {
        private static final long serialVersionUID = 1L;
        private final long at;

        private NotJson(IOException cause, JsonParser json) {
            super(cause);
            this.at = json.currentLocation().getByteOffset();
        }

        /** The byte where reading stopped; negative if that is not known. */
        public long at() {
            return at;
        }
    }

    /** Something follows the JSON value. */
    public static final class TwoValues extends JsonParseException {
        private static final long serialVersionUID = 1L;

        private TwoValues(JsonParser json) {
            super(json, "something after the end");
        }
    }

    /**
     * The body's value; a missing node if the body is empty.
     *
     * @throws NotJson by Jackson's exception, or {@link TwoValues}
     * @throws IOException if it is not even text
     */
    public JsonNode read(byte[] body) throws IOException {
        try (JsonParser json = JSON.createParser(body)) {
            try {
                return read(json);
            } catch (IOException e) {
                throw new NotJson(e, json);
            }
        }
    }

    private JsonNode read(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        JsonNode root = first == null ? NODES.missingNode() : value(json, first);
        if (json.nextToken() != null) {
            throw new TwoValues(json);
        }
        return root;
    }

    private JsonNode value(JsonParser json, JsonToken token) throws IOException {
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

    private JsonNode object(JsonParser json) throws IOException {
        ObjectNode object = NODES.objectNode();
        String name;
        while ((name = json.nextFieldName()) != null) {
            JsonToken token = json.nextToken();
            if (names.contains(name)) {
                object.set(name, value(json, token));
            } else {
                json.skipChildren();
            }
        }
        return object;
    }

    private JsonNode array(JsonParser json) throws IOException {
        ArrayNode array = NODES.arrayNode();
        JsonToken token;
        while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
            array.add(value(json, token));
        }
        return array;
    }
}
