package dev.sendstatus.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.alert.AlertDocument;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.StoreException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;

/** {@code /v1/alerts}: the faults that there are or were, and until when nobody is told of one. */
record AlertRoutes(Api api) {
    private static final String UNTIL_MISSING =
            "until is missing: send {\"until\": \"4h\", \"comment\": \"who looks after it\"}.";

    void install(JavalinConfig config) {
        config.routes.get("/v1/alerts", this::page);
        config.routes.get("/v1/alerts/{id}", ctx -> Json.answer(ctx, AlertDocument.of(api.alert(ctx.pathParam("id")))));
        config.routes.post("/v1/alerts/{id}/silence", this::silence);
    }

    private void page(Context ctx) throws StoreException, WrongParameter {
        Alert.State state = ParameterText.oneOf("state", ctx.queryParam("state"), Alert.State.values());
        NumberedPage page = NumberedPage.of(ctx);
        page.answer(
                ctx, api.reads().alerts().page(state, page.before(), page.lookedFor()), Alert::id, AlertDocument::of);
    }

    private void silence(Context ctx) throws StoreException, IOException, WrongParameter, Unanswerable {
        JsonNode body = Json.body(ctx, UNTIL_MISSING);
        Instant until = Times.ahead(
                "until", text(body, "until", UNTIL_MISSING), api.clock().instant());
        JsonNode comment = body.path("comment");
        String why = comment.isMissingNode() || comment.isNull() ? null : text(body, "comment", "comment is a text.");
        AlertDocument.checkComment(why);
        String id = ctx.pathParam("id");
        if (!api.store().alerts().silence(api.alert(id).id(), until, why)) {
            throw new Unanswerable(409, "Ended", "This alert has ended, so nobody is told of it any more.");
        }
        Json.answer(ctx, AlertDocument.of(api.alert(id)));
    }

    private static String text(JsonNode body, String name, String complaint) throws WrongParameter {
        JsonNode value = body.path(name);
        if (!value.isTextual()) {
            throw new WrongParameter(complaint);
        }
        return value.asText();
    }
}
