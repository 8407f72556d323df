package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The description as the server serves it, and what it says of an answer. */
final class Description {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode root;

    Description(String json) throws Exception {
        this.root = JSON.readTree(json);
    }

    /** A method of a path: {@code GET /v1/messages/{id}}. */
    record Operation(String method, String path, JsonNode node, JsonNode pathParameters) {
        String name() {
            return method + " " + path;
        }

        /** Whether a token is asked for. */
        boolean secured() {
            return !node.has("security");
        }

        boolean documents(int status) {
            return node.path("responses").has(Integer.toString(status));
        }
    }

    JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(method -> {
                    if (!method.getKey().equals("parameters")) {
                        operations.add(new Operation(
                                method.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                method.getValue(),
                                path.getValue().path("parameters")));
                    }
                }));
        return operations;
    }

    /** Every answer that is documented, as {@code GET /v1/messages/{id} 200}. */
    Set<String> answers() {
        Set<String> answers = new TreeSet<>();
        for (Operation operation : operations()) {
            operation
                    .node()
                    .path("responses")
                    .fieldNames()
                    .forEachRemaining(status -> answers.add(operation.name() + " " + status));
        }
        return answers;
    }

    /** The parameters of an operation with their references followed. */
    List<JsonNode> parameters(Operation operation) {
        List<JsonNode> parameters = new ArrayList<>();
        operation.pathParameters().forEach(parameter -> parameters.add(followed(parameter)));
        operation.node().path("parameters").forEach(parameter -> parameters.add(followed(parameter)));
        return parameters;
    }

    private JsonNode followed(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** Fails unless the answer is one that is documented for that operation: status, headers, media type and body. */
    void check(Operation operation, HttpResponse<String> answer) throws Exception {
        String what = operation.name() + " answered " + answer.statusCode() + ": " + answer.body();
        assertThat(operation.documents(answer.statusCode()))
                .as(what + ", which is not documented")
                .isTrue();
        JsonNode response = followed(operation.node().path("responses").path(Integer.toString(answer.statusCode())));
        List<String> headers = new ArrayList<>();
        response.path("headers").properties().forEach(header -> {
            if (followed(header.getValue()).path("required").asBoolean(true)) {
                headers.add(header.getKey());
            }
        });
        assertThat(headers)
                .as(what)
                .allMatch(name -> answer.headers().firstValue(name).isPresent());
        if (answer.body().isEmpty()) {
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none").split(";", -1)[0];
        assertThat(response.path("content").has(type))
                .as(what + ", as " + type + ", which is not documented")
                .isTrue();
        if (type.endsWith("/json") || type.endsWith("+json")) {
            JsonNode schema = response.path("content").path(type).path("schema");
            assertThat(schema(schema).validate(JSON.readTree(answer.body())))
                    .as(what)
                    .isEmpty();
        }
    }

    private JsonSchema schema(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", root.path("components"));
        return SCHEMAS.getSchema(whole, STRICT);
    }
}
