package dev.sendstatus.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.alert.AlertDocument;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@code /v1/alerts}: what is wrong or was, and what a person need not be told. */
final class AlertRoutes {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_BODY = 10_000;
    private static final String UNTIL_MISSING =
            "until is missing: send {\"until\": \"4h\", \"comment\": \"who looks after it\"}.";

    private static final Problem NONE =
            new Problem(404, "No such alert", "No alert has this number, or it ended more than 90 days ago.");

    private final Store store;
    private final Reads reads;
    private final InstantSource clock;

    AlertRoutes(Store store, Reads reads, InstantSource clock) {
        this.store = store;
        this.reads = reads;
        this.clock = clock;
    }

    void install(JavalinConfig config) {
        config.routes.get("/v1/alerts", this::page);
        config.routes.get("/v1/alerts/{id}", this::one);
        config.routes.post("/v1/alerts/{id}/silence", this::silence);
    }

    private void page(Context ctx) throws StoreException, WrongParameter {
        String word = ctx.queryParam("state");
        Alert.State state = word == null ? null : AlertDocument.state("state", word);
        NumberedPage page = NumberedPage.of(ctx);
        page.answer(ctx, reads.alerts().page(state, page.before(), page.lookedFor()), Alert::id, AlertDocument::of);
    }

    /** -1 if it is none. */
    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void one(Context ctx) throws StoreException {
        Optional<Alert> alert = reads.alerts().one(number(ctx.pathParam("id")));
        if (alert.isEmpty()) {
            Problems.answer(ctx, NONE);
            return;
        }
        Json.answer(ctx, AlertDocument.of(alert.get()));
    }

    private void silence(Context ctx) throws StoreException, IOException, WrongParameter {
        JsonNode body = body(ctx);
        Instant until = Times.ahead("until", text(body, "until", UNTIL_MISSING), clock.instant());
        String comment =
                body.path("comment").isMissingNode() || body.path("comment").isNull()
                        ? null
                        : text(body, "comment", "comment is a text.");
        if (comment != null && comment.length() > AlertDocument.LONGEST_COMMENT) {
            throw new WrongParameter("comment has at most " + AlertDocument.LONGEST_COMMENT + " characters.");
        }
        long id = number(ctx.pathParam("id"));
        boolean silenced = store.alerts().silence(id, until, comment);
        Optional<Alert> alert = reads.alerts().one(id);
        if (alert.isEmpty()) {
            Problems.answer(ctx, NONE);
        } else if (!silenced) {
            Problems.answer(ctx, new Problem(409, "Ended", "This alert has ended, so nobody is told of it any more."));
        } else {
            Json.answer(ctx, AlertDocument.of(alert.get()));
        }
    }

    private static JsonNode body(Context ctx) throws WrongParameter, IOException {
        try {
            return JSON.readTree(ctx.bodyInputStream().readNBytes(MOST_BODY));
        } catch (JsonProcessingException e) {
            throw new WrongParameter(UNTIL_MISSING);
        }
    }

    private static String text(JsonNode body, String name, String complaint) throws WrongParameter {
        JsonNode value = body.path(name);
        if (!value.isTextual()) {
            throw new WrongParameter(complaint);
        }
        return value.asText();
    }
}
