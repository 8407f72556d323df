package dev.sendstatus.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.function.Function;

/**
 * Reads a body as a tree. Of a field that comes twice the last counts, as for nearly every JSON reader. Jackson bounds depth and lengths; any
 * thread may read.
 */
public final class JsonTree {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    // Names in a body are the sender's: they do not belong among the JVM's interned strings.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonTree() {}

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
            if (cause instanceof MismatchedInputException) {
                return "the body is JSON, and has something after its end";
            }
            if (cause instanceof JsonProcessingException malformed && malformed.getLocation() != null) {
                JsonLocation at = malformed.getLocation();
                return "the body is not JSON (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            }
            return "the body is not JSON in a known encoding";
        }
    }

    /** The reading of the body's one value. A body that is no JSON is not understood. */
    public static Parsed parse(byte[] body, Function<JsonNode, Parsed> reading) {
        try {
            return reading.apply(read(body));
        } catch (NotJson e) {
            return new Parsed.NotUnderstood(String.valueOf(e.getMessage()));
        }
    }

    /** The body's one value. */
    public static JsonNode read(byte[] body) throws NotJson {
        try {
            JsonNode root = JSON.readTree(body);
            if (root.isMissingNode()) {
                throw new NotJson("the body is empty");
            }
            return root;
        } catch (IOException e) {
            throw new NotJson(e);
        }
    }
}
