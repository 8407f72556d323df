package dev.sendstatus.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.relay.PushTrial;
import dev.sendstatus.relay.RelayDocument;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** {@code /v1/relay}: the endpoints that are configured, their failed deliveries, and the decisions of a person about them. */
record RelayRoutes(Api api) {
    private static final String SINCE_MISSING = "since is missing: send {\"since\": \"2026-11-25T12:00:00Z\"}.";

    void install(JavalinConfig config) {
        config.routes.get("/v1/relay", this::all);
        config.routes.get("/v1/relay/{name}", ctx -> answer(ctx, endpoint(ctx)));
        config.routes.get("/v1/relay/{name}/deliveries", this::deliveries);
        config.routes.post("/v1/relay/{name}/deliveries/{sequence}/retry", this::retry);
        config.routes.post("/v1/relay/{name}/retry-failed", this::retryFailed);
        config.routes.post("/v1/relay/{name}/recover", this::recover);
        config.routes.post(
                "/v1/relay/{name}/pause", ctx -> change(ctx, api.store().relay()::pause));
        config.routes.post(
                "/v1/relay/{name}/resume",
                ctx -> change(
                        ctx,
                        name -> api.store().relay().resume(name, api.clock().instant())));
        config.routes.post(
                "/v1/relay/{name}/test",
                ctx -> Json.answer(ctx, PushTrial.of(endpoint(ctx), api.clock()).document()));
    }

    private EndpointSettings endpoint(Context ctx) throws Unanswerable {
        return api.endpoint(ctx.pathParam("name"));
    }

    private void all(Context ctx) throws StoreException {
        List<RelayEndpoint> stored = api.reads().relay().endpoints();
        long newest = api.reads().nextSequence() - 1;
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode items = list.putArray("items");
        for (EndpointSettings settings : api.relay().endpoints()) {
            stored.stream()
                    .filter(one -> one.name().equals(settings.name()))
                    .forEach(one -> items.add(RelayDocument.endpoint(settings, one, newest)));
        }
        Json.answer(ctx, list);
    }

    private void answer(Context ctx, EndpointSettings settings) throws StoreException {
        RelayEndpoint stored = api.reads().relay().endpoint(settings.name()).orElseThrow();
        Json.answer(ctx, RelayDocument.endpoint(settings, stored, api.reads().nextSequence() - 1));
    }

    /** A decision of a person. */
    @FunctionalInterface
    private interface Decision {
        void make(String endpoint) throws StoreException;
    }

    private void change(Context ctx, Decision decision) throws StoreException, Unanswerable {
        EndpointSettings endpoint = endpoint(ctx);
        decision.make(endpoint.name());
        api.relay().wake();
        answer(ctx, endpoint);
    }

    private void deliveries(Context ctx) throws StoreException, WrongParameter, Unanswerable {
        RelayDelivery.State state = ParameterText.oneOf("state", ctx.queryParam("state"), RelayDelivery.State.values());
        NumberedPage page = NumberedPage.of(ctx);
        page.answer(
                ctx,
                api.reads().relay().deliveries(endpoint(ctx).name(), state, page.before(), page.lookedFor()),
                RelayDelivery::sequence,
                RelayDocument::delivery);
    }

    private void retry(Context ctx) throws StoreException, Unanswerable {
        String name = endpoint(ctx).name();
        long sequence = Api.number(ctx.pathParam("sequence"));
        boolean retried =
                api.store().relay().retryDelivery(name, sequence, api.clock().instant());
        RelayDelivery delivery = api.delivery(name, sequence);
        if (!retried) {
            throw new Unanswerable(409, "Delivered", "This change was delivered in the end.");
        }
        api.relay().wake();
        Json.answer(ctx, RelayDocument.delivery(delivery));
    }

    private void retryFailed(Context ctx) throws StoreException, Unanswerable {
        int retried = api.store()
                .relay()
                .retryDeliveries(endpoint(ctx).name(), api.clock().instant());
        api.relay().wake();
        Json.answer(ctx, JsonNodeFactory.instance.objectNode().put("retried", retried));
    }

    private void recover(Context ctx) throws StoreException, IOException, WrongParameter, Unanswerable {
        String given = ctx.queryParam("since");
        String since =
                given == null ? Json.body(ctx, SINCE_MISSING).path("since").asText(null) : given;
        if (since == null) {
            throw new WrongParameter(SINCE_MISSING);
        }
        Instant time = Times.moment("since", since, api.clock().instant());
        change(ctx, name -> api.store().relay().recover(name, time));
    }
}
