package dev.sendstatus.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.register.Registrar;
import dev.sendstatus.register.RegistrationLocks;
import dev.sendstatus.register.RegistrationResult;
import dev.sendstatus.register.SendAccounts;
import dev.sendstatus.register.SendItem;
import dev.sendstatus.register.SendReader;
import dev.sendstatus.register.SendReader.NotJson;
import dev.sendstatus.store.StoreException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/messages}: registers one send, a list of them, or a stream of NDJSON. */
final class RegistrationRoutes {
    static final int MOST_ITEMS = 1_000;

    private static final Set<String> NDJSON =
            Set.of("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines");

    /** Each request holds a thread. These are fewer than there are: queries keep theirs however much is registered. */
    private static final int MOST_BODIES = 32;

    private static final int MOST_STREAMS = 8;
    private static final int BODY_AT_ONCE = 100;

    /** How long a stream waits for a database that is not to be had; its client has nothing to send again meanwhile. */
    private static final Duration STREAM_PATIENCE = Duration.ofSeconds(30);

    private final int maxBodyBytes;
    private final SendReader reader;
    private final Registrar registrar;
    private final Registrar patient;
    private final Semaphore bodies = new Semaphore(MOST_BODIES);
    private final Semaphore streams = new Semaphore(MOST_STREAMS);

    RegistrationRoutes(Api api) {
        this.maxBodyBytes = api.settings().maxBodyBytes();
        this.reader = new SendReader(new SendAccounts(api.providers()), api.clock());
        RegistrationLocks claims = new RegistrationLocks();
        this.registrar = new Registrar(api.reads(), claims, api.commit(api.answerWithin())::store, api.clock());
        this.patient = new Registrar(api.reads(), claims, api.commit(STREAM_PATIENCE)::store, api.clock());
    }

    void install(JavalinConfig config) {
        config.routes.post("/v1/messages", this::register);
    }

    private void register(Context ctx) throws IOException, StoreException, Unanswerable {
        String type = mediaType(ctx.contentType());
        boolean stream = type != null && NDJSON.contains(type);
        if (!stream && type != null && !type.equals("application/json")) {
            throw new Unanswerable(
                    415,
                    "Unsupported content type",
                    "Send application/json (one object or an array), or application/x-ndjson.");
        }
        Semaphore places = stream ? streams : bodies;
        if (!places.tryAcquire()) {
            ctx.header("Retry-After", "1");
            throw new Unanswerable(
                    503,
                    "Try again",
                    (stream ? MOST_STREAMS : MOST_BODIES) + " of them are under way, which is the limit.");
        }
        try {
            if (stream) {
                new RegistrationStream(ctx, reader, patient).run();
            } else {
                Json.answer(ctx, registerBody(ctx));
            }
        } finally {
            places.release();
        }
    }

    private static @Nullable String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private ObjectNode registerBody(Context ctx) throws IOException, StoreException, Unanswerable {
        byte[] body = ctx.bodyInputStream().readNBytes(maxBodyBytes + 1);
        if (body.length > maxBodyBytes) {
            ctx.header("Connection", "close");
            throw tooLarge();
        }
        JsonNode root;
        try {
            root = SendReader.json(body);
        } catch (NotJson e) {
            throw new Unanswerable(
                    400,
                    "Body not understood",
                    "The body is " + e.getMessage()
                            + ". Several objects one after another are sent as application/x-ndjson.");
        }
        if (root.isObject()) {
            return one(results(List.of(root)).get(0));
        }
        if (!root.isArray()) {
            throw new Unanswerable(400, "Body not understood", "The body is one object or an array of them.");
        }
        if (root.size() > MOST_ITEMS) {
            throw tooLarge();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        results(root).forEach(result -> items.add(result.json()));
        return answer;
    }

    private Unanswerable tooLarge() {
        return new Unanswerable(
                413,
                "Body too large",
                "A JSON body has up to " + MOST_ITEMS + " items and " + maxBodyBytes
                        + " bytes; more are sent as application/x-ndjson, any number of lines.");
    }

    private List<RegistrationResult> results(Iterable<JsonNode> nodes) throws StoreException {
        List<SendItem.Numbered> items = new ArrayList<>();
        for (JsonNode node : nodes) {
            items.add(new SendItem.Numbered(items.size(), reader.read(node)));
        }
        List<RegistrationResult> results = new ArrayList<>();
        for (int from = 0; from < items.size(); from += BODY_AT_ONCE) {
            results.addAll(registrar.register(items.subList(from, Math.min(items.size(), from + BODY_AT_ONCE))));
        }
        return results;
    }

    /** A result by itself is also a status: a program that sends one send looks no further. */
    private static ObjectNode one(RegistrationResult result) throws Unanswerable {
        if (!result.failed()) {
            return result.json();
        }
        boolean conflict = result.kind() == RegistrationResult.Kind.CONFLICT;
        throw new Unanswerable(
                new Problem(
                        conflict ? 409 : 422,
                        conflict ? "Registered otherwise" : "Not a send",
                        String.valueOf(result.problem())),
                result.json());
    }
}
