package dev.sendstatus.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.ingest.DirectCommit;
import dev.sendstatus.query.CallbackDocument;
import dev.sendstatus.query.MessageDocument;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckView;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code /v1/messages/{id}} and what is below it. */
final class MessageRoutes {
    private final Reads reads;
    private final MessageDocument document;
    private final StuckLimits limits;
    private final DirectCommit commit;
    private final InstantSource clock;

    MessageRoutes(Reads reads, MessageDocument document, StuckLimits limits, DirectCommit commit, InstantSource clock) {
        this.reads = reads;
        this.commit = commit;
        this.document = document;
        this.limits = limits;
        this.clock = clock;
    }

    void install(JavalinConfig config) {
        config.routes.get("/v1/messages/{id}", ctx -> {
            StoredMessage message = find(ctx);
            if (message != null) {
                MessageState state = message.state();
                Json.answer(ctx, document.message(state, StuckView.of(message, clock.instant(), limits)));
            }
        });
        config.routes.get("/v1/messages/{id}/events", ctx -> {
            StoredMessage message = find(ctx);
            if (message != null) {
                ObjectNode page = JsonNodeFactory.instance.objectNode();
                page.set("items", document.events(reads.history(message.state().message())));
                page.putNull("next_cursor");
                Json.answer(ctx, page);
            }
        });
        config.routes.get("/v1/messages/{id}/callbacks", this::callbacks);
        config.routes.delete("/v1/messages/{id}/registration", this::unregister);
    }

    private void unregister(Context ctx) throws StoreException {
        StoredMessage message = find(ctx);
        if (message == null) {
            return;
        }
        MessageKey key = message.state().message();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Store.Withdrawn result = commit.withdraw(List.of(key), now).getOrDefault(key, Store.Withdrawn.NOT_REGISTERED);
        if (result == Store.Withdrawn.NOT_REGISTERED) {
            Problems.answer(
                    ctx,
                    new Problem(
                            404,
                            "Not registered",
                            "This message is not registered, or was taken back before: there is nothing to take back."));
            return;
        }
        Json.answer(
                ctx,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("provider", key.provider().word())
                        .put("id", key.id())
                        .put("result", result.name().toLowerCase(Locale.ROOT)));
    }

    /** They hold message texts: for those only who may also change things. */
    private void callbacks(Context ctx) throws StoreException {
        StoredMessage message = TokenCheck.mayWrite(ctx) ? find(ctx) : null;
        if (message != null) {
            ObjectNode page = JsonNodeFactory.instance.objectNode();
            page.set(
                    "items",
                    CallbackDocument.of(reads.callbacks().of(message.state().message())));
            page.putNull("next_cursor");
            ctx.header("Cache-Control", "no-store");
            Json.answer(ctx, page);
        }
    }

    /** The message asked for; null if there is not exactly one, and then the answer is given. */
    private @Nullable StoredMessage find(Context ctx) throws StoreException {
        String id = ctx.pathParam("id");
        String word = ctx.queryParam("provider");
        List<StoredMessage> found = reads.messages(id).stream()
                .filter(message -> word == null
                        || message.state().message().provider().word().equals(word))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            Problems.answer(
                    ctx,
                    new Problem(
                            404,
                            "No such message",
                            "No callback and no registration has named this id"
                                    + (word == null ? "." : " for the provider asked for.")));
        } else {
            ambiguous(ctx, id, found);
        }
        return null;
    }

    private static void ambiguous(Context ctx, String id, List<StoredMessage> found) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", "about:blank");
        problem.put("title", "Ambiguous id");
        problem.put("status", 409);
        problem.put("detail", "Several providers have a message of this id: say which with ?provider=.");
        var candidates = problem.putArray("candidates");
        for (StoredMessage message : found) {
            Provider provider = message.state().message().provider();
            candidates
                    .addObject()
                    .put("provider", provider.word())
                    .put("account", message.state().account().name())
                    .put("id", id);
        }
        Json.answer(ctx, problem);
        ctx.status(409).contentType(Problem.MEDIA_TYPE);
    }
}
