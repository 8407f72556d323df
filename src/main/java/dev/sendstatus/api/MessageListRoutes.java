package dev.sendstatus.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.query.Cursor;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.register.SendReader;
import dev.sendstatus.register.SendReader.NotJson;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.StoreException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** {@code GET /v1/messages}, the messages that match, and {@code POST /v1/messages/lookup}, many by their ids. */
record MessageListRoutes(Api api, ListParameters parameters) {
    static final int MOST_IDS = 1_000;
    static final int MOST_ITEMS = 1_000;

    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";

    void install(JavalinConfig config) {
        config.routes.get("/v1/messages", this::page);
        config.routes.post("/v1/messages/lookup", this::lookup);
    }

    private void page(Context ctx) throws StoreException, WrongParameter {
        Instant now = api.clock().instant();
        MessageFilter filter = parameters.filter(ctx.queryParamMap(), Set.of(LIMIT, CURSOR), now);
        String cursor = ctx.queryParam(CURSOR);
        Long before = cursor == null ? null : Long.valueOf(Cursor.read(cursor));
        int limit = NumberedPage.limit(ctx.queryParam(LIMIT), MOST_ITEMS);
        Json.answer(ctx, api.document().page(api.reads().page(filter, before, limit), now));
    }

    private void lookup(Context ctx) throws IOException, StoreException, Unanswerable {
        int most = api.settings().maxBodyBytes();
        byte[] body = ctx.bodyInputStream().readNBytes(most + 1);
        if (body.length > most) {
            ctx.header("Connection", "close");
            throw new Unanswerable(413, "Body too large", "A body has up to " + most + " bytes.");
        }
        try {
            Set<String> ids = ids(SendReader.json(body));
            Json.answer(
                    ctx,
                    api.document()
                            .lookup(ids, api.reads().messages(ids), api.clock().instant()));
        } catch (NotJson e) {
            throw notUnderstood("The body is " + e.getMessage() + ". It is {\"ids\":[…]}.");
        } catch (WrongParameter e) {
            throw notUnderstood(String.valueOf(e.getMessage()));
        }
    }

    private static Unanswerable notUnderstood(String why) {
        return new Unanswerable(400, "Body not understood", why);
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
