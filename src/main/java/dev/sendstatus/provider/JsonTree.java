package dev.sendstatus.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a callback's body as a tree of the fields that are asked for; the rest is checked to be JSON and passed over. The whole tree was
 * the dearest part of a callback, and three quarters of it (the text, the URLs, the profile) are never asked for. Of a field that comes
 * twice the last counts, as for nearly every JSON reader. Jackson bounds depth and lengths; any thread may read.
 */
public final class JsonTree {
    // Names in a body are the sender's: they do not belong among the JVM's interned strings.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Set<String> names;

    /** @param names of all fields that are read, at whatever depth, with blanks or line ends between them */
    public JsonTree(String names) {
        this.names = Set.of(names.split("\\s+"));
    }

    /** The body is no JSON to its last byte. The message says where it ends to be, and the cause's is not told: it may quote the body. */
    public static final class NotJson extends Exception {
        private static final long serialVersionUID = 1L;

        private NotJson(String why) {
            super(why);
        }

        private NotJson(IOException cause) {
            super(why(cause), cause);
        }

        private static String why(IOException cause) {
            if (cause instanceof StreamConstraintsException) {
                return "the body is nested too deep or has an overlong number or name";
            }
            if (cause instanceof JsonProcessingException malformed && malformed.getLocation() != null) {
                JsonLocation at = malformed.getLocation();
                return "the body is not JSON (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            }
            return "the body is not JSON in a known encoding";
        }
    }

    /** The reading of the body's one value. A body that is no JSON is not understood. */
    public Parsed parse(byte[] body, Function<JsonNode, Parsed> reading) {
        try {
            return reading.apply(read(body));
        } catch (NotJson e) {
            return new Parsed.NotUnderstood(String.valueOf(e.getMessage()));
        }
    }

    /** The body's one value. */
    public JsonNode read(byte[] body) throws NotJson {
        try (JsonParser json = JSON.createParser(body)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                throw new NotJson("the body is empty");
            }
            JsonNode root = value(json, first);
            if (json.nextToken() != null) {
                throw new NotJson("the body is JSON, and has something after its end");
            }
            return root;
        } catch (IOException e) {
            throw new NotJson(e);
        }
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
