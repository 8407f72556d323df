package dev.sendstatus.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.query.CallbackDocument;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.jdbc.Store;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code /v1/messages/{id}} and the paths below it. */
record MessageRoutes(Api api) {

    void install(JavalinConfig config) {
        config.routes.get(
                "/v1/messages/{id}",
                ctx -> Json.answer(
                        ctx, api.document().message(find(ctx), api.clock().instant())));
        config.routes.get(
                "/v1/messages/{id}/events",
                ctx -> Json.list(ctx, api.document().events(api.reads().history(key(ctx)))));
        config.routes.get("/v1/messages/{id}/callbacks", this::callbacks);
        config.routes.delete("/v1/messages/{id}/registration", this::unregister);
    }

    private void unregister(Context ctx) throws StoreException, Unanswerable {
        MessageKey key = key(ctx);
        Instant now = api.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Store.Withdrawn result = api.commit(api.answerWithin())
                .withdraw(List.of(key), now)
                .getOrDefault(key, Store.Withdrawn.NOT_REGISTERED);
        if (result == Store.Withdrawn.NOT_REGISTERED) {
            throw new Unanswerable(
                    404,
                    "Not registered",
                    "This message is not registered, or was taken back before: there is nothing to take back.");
        }
        Json.answer(
                ctx,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("provider", key.provider().word())
                        .put("id", key.id())
                        .put("result", ParameterText.word(result)));
    }

    /** They hold message texts, so a token of scope read is not enough. */
    private void callbacks(Context ctx) throws StoreException, Unanswerable {
        TokenCheck.mustWrite(ctx);
        List<StoredCallback> callbacks = api.reads().callbacks().of(key(ctx));
        ctx.header("Cache-Control", "no-store");
        Json.list(ctx, CallbackDocument.of(callbacks));
    }

    private MessageKey key(Context ctx) throws StoreException, Unanswerable {
        return find(ctx).state().message();
    }

    private StoredMessage find(Context ctx) throws StoreException, Unanswerable {
        List<StoredMessage> found = api.messages(ctx.pathParam("id"), ctx.queryParam("provider"));
        if (found.size() == 1) {
            return found.get(0);
        }
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        ArrayNode candidates = more.putArray("candidates");
        for (StoredMessage message : found) {
            candidates
                    .addObject()
                    .put("provider", message.state().message().provider().word())
                    .put("account", message.state().account().name())
                    .put("id", message.state().message().id());
        }
        throw new Unanswerable(
                new Problem(
                        409, "Ambiguous id", "Several providers have a message of this id: say which with ?provider=."),
                more);
    }
}
