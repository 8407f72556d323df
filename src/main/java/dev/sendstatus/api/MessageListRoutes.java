package dev.sendstatus.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.query.Cursor;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.query.MessageList;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.register.SendReader;
import dev.sendstatus.register.SendReader.NotJson;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code GET /v1/messages}, the messages that match, and {@code POST /v1/messages/lookup}, many by their ids. */
final class MessageListRoutes {
    static final int MOST_IDS = 1_000;

    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";

    private final Reads reads;
    private final ListParameters parameters;
    private final MessageList list;
    private final int maxBodyBytes;
    private final InstantSource clock;

    MessageListRoutes(
            Reads reads,
            List<ConfiguredProvider<?>> providers,
            MessageDocument document,
            StuckLimits limits,
            int maxBodyBytes,
            InstantSource clock) {
        this.reads = reads;
        this.parameters = new ListParameters(reads, providers, document, limits);
        this.list = new MessageList(document, limits);
        this.maxBodyBytes = maxBodyBytes;
        this.clock = clock;
    }

    void install(JavalinConfig config) {
        config.routes.get("/v1/messages", this::page);
        config.routes.post("/v1/messages/lookup", this::lookup);
    }

    private void page(Context ctx) throws StoreException, WrongParameter {
        Instant now = clock.instant();
        MessageFilter filter = parameters.filter(ctx.queryParamMap(), Set.of(LIMIT, CURSOR), now);
        String cursor = ctx.queryParam(CURSOR);
        Long before = cursor == null ? null : Long.valueOf(Cursor.read(cursor));
        Json.answer(ctx, list.page(reads.page(filter, before, ListParameters.limit(ctx.queryParam(LIMIT))), now));
    }

    private void lookup(Context ctx) throws IOException, StoreException {
        byte[] body = ctx.bodyInputStream().readNBytes(maxBodyBytes + 1);
        if (body.length > maxBodyBytes) {
            ctx.header("Connection", "close");
            Problems.answer(ctx, new Problem(413, "Body too large", "A body has up to " + maxBodyBytes + " bytes."));
            return;
        }
        try {
            Set<String> ids = ids(SendReader.json(body));
            Json.answer(ctx, list.lookup(ids, reads.messages(ids), clock.instant()));
        } catch (NotJson e) {
            Problems.answer(
                    ctx,
                    new Problem(
                            400, "Body not understood", "The body is " + e.getMessage() + ". It is {\"ids\":[…]}."));
        } catch (WrongParameter e) {
            Problems.answer(ctx, new Problem(400, "Body not understood", String.valueOf(e.getMessage())));
        }
    }

    private static Set<String> ids(JsonNode root) throws WrongParameter {
        JsonNode list = root.path("ids");
        if (!root.isObject() || root.size() != 1 || !list.isArray()) {
            throw new WrongParameter("The body is an object with one field, ids, a list of message ids.");
        }
        if (list.size() > MOST_IDS) {
            throw new WrongParameter("ids has up to " + MOST_IDS + " message ids, not " + list.size() + ".");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode id = list.get(i);
            if (!id.isTextual() || id.textValue().isEmpty()) {
                throw new WrongParameter("ids[" + i + "] is not a text of one character or more.");
            }
            ids.add(id.textValue());
        }
        return ids;
    }
}
