package dev.sendstatus.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.relay.EndpointSettings;
import dev.sendstatus.relay.PushTrial;
import dev.sendstatus.relay.RelayDocument;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v1/relay}: the endpoints that are configured, their failed deliveries, and what a person decides about them. */
final class RelayRoutes {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_BODY = 10_000;
    private static final String SINCE_MISSING = "since is missing: send {\"since\": \"2026-11-25T12:00:00Z\"}.";

    private final List<EndpointSettings> endpoints;
    private final Runnable wake;
    private final Store store;
    private final Reads reads;
    private final InstantSource clock;

    /** @param wake has the relay look at once */
    RelayRoutes(List<EndpointSettings> endpoints, Runnable wake, Store store, Reads reads, InstantSource clock) {
        this.endpoints = endpoints;
        this.wake = wake;
        this.store = store;
        this.reads = reads;
        this.clock = clock;
    }

    void install(JavalinConfig config) {
        config.routes.get("/v1/relay", this::all);
        config.routes.get("/v1/relay/{name}", ctx -> {
            EndpointSettings endpoint = endpoint(ctx);
            if (endpoint != null) {
                answer(ctx, endpoint);
            }
        });
        config.routes.get("/v1/relay/{name}/deliveries", this::deliveries);
        config.routes.post("/v1/relay/{name}/deliveries/{sequence}/retry", this::retry);
        config.routes.post("/v1/relay/{name}/retry-failed", this::retryFailed);
        config.routes.post("/v1/relay/{name}/recover", this::recover);
        config.routes.post("/v1/relay/{name}/pause", ctx -> change(ctx, store.relay()::pause));
        config.routes.post(
                "/v1/relay/{name}/resume",
                ctx -> change(ctx, name -> store.relay().resume(name, clock.instant())));
        config.routes.post("/v1/relay/{name}/test", ctx -> {
            EndpointSettings endpoint = endpoint(ctx);
            if (endpoint != null) {
                Json.answer(ctx, PushTrial.of(endpoint, clock).document());
            }
        });
    }

    private void all(Context ctx) throws StoreException {
        List<RelayEndpoint> stored = reads.relay().endpoints();
        long newest = reads.nextSequence() - 1;
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode items = list.putArray("items");
        for (EndpointSettings settings : endpoints) {
            stored.stream()
                    .filter(one -> one.name().equals(settings.name()))
                    .forEach(one -> items.add(RelayDocument.endpoint(settings, one, newest)));
        }
        Json.answer(ctx, list);
    }

    /** Null if there is none of that name: the answer is given then. */
    private @Nullable EndpointSettings endpoint(Context ctx) {
        String name = ctx.pathParam("name");
        for (EndpointSettings endpoint : endpoints) {
            if (endpoint.name().equals(name)) {
                return endpoint;
            }
        }
        Problems.answer(
                ctx,
                new Problem(
                        404,
                        "No such endpoint",
                        "No endpoint of this name is configured: relay.endpoints in the configuration, or"
                                + " SENDSTATUS_RELAY_URL for the one called default."));
        return null;
    }

    private void answer(Context ctx, EndpointSettings settings) throws StoreException {
        RelayEndpoint stored = reads.relay().endpoint(settings.name()).orElseThrow();
        Json.answer(ctx, RelayDocument.endpoint(settings, stored, reads.nextSequence() - 1));
    }

    /** A decision of a person. */
    @FunctionalInterface
    private interface Decision {
        void make(String endpoint) throws StoreException;
    }

    private void change(Context ctx, Decision decision) throws StoreException {
        EndpointSettings endpoint = endpoint(ctx);
        if (endpoint != null) {
            decision.make(endpoint.name());
            wake.run();
            answer(ctx, endpoint);
        }
    }

    private void deliveries(Context ctx) throws StoreException, WrongParameter {
        EndpointSettings endpoint = endpoint(ctx);
        if (endpoint == null) {
            return;
        }
        String word = ctx.queryParam("state");
        RelayDelivery.State state = word == null ? null : RelayDocument.state(word);
        NumberedPage page = NumberedPage.of(ctx);
        page.answer(
                ctx,
                reads.relay().deliveries(endpoint.name(), state, page.before(), page.lookedFor()),
                RelayDelivery::sequence,
                RelayDocument::delivery);
    }

    /** -1 if it is none. */
    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void retry(Context ctx) throws StoreException {
        EndpointSettings endpoint = endpoint(ctx);
        if (endpoint == null) {
            return;
        }
        long sequence = number(ctx.pathParam("sequence"));
        boolean retried = store.relay().retryDelivery(endpoint.name(), sequence, clock.instant());
        Optional<RelayDelivery> delivery = reads.relay().delivery(endpoint.name(), sequence);
        if (delivery.isEmpty()) {
            Problems.answer(
                    ctx,
                    new Problem(
                            404,
                            "No such delivery",
                            "No delivery of this change failed: it was delivered, is not wanted by the endpoint, or"
                                    + " waits for its turn."));
        } else if (!retried) {
            Problems.answer(ctx, new Problem(409, "Delivered", "This change was delivered in the end."));
        } else {
            wake.run();
            Json.answer(ctx, RelayDocument.delivery(delivery.get()));
        }
    }

    private void retryFailed(Context ctx) throws StoreException {
        EndpointSettings endpoint = endpoint(ctx);
        if (endpoint != null) {
            int retried = store.relay().retryDeliveries(endpoint.name(), clock.instant());
            wake.run();
            Json.answer(ctx, JsonNodeFactory.instance.objectNode().put("retried", retried));
        }
    }

    private void recover(Context ctx) throws StoreException, IOException, WrongParameter {
        Instant since = since(ctx);
        change(ctx, name -> store.relay().recover(name, since));
    }

    private Instant since(Context ctx) throws WrongParameter, IOException {
        String since = ctx.queryParam("since");
        if (since == null) {
            try {
                JsonNode body = JSON.readTree(ctx.bodyInputStream().readNBytes(MOST_BODY));
                since = body.path("since").asText(null);
            } catch (JsonProcessingException e) {
                throw new WrongParameter(SINCE_MISSING);
            }
        }
        if (since == null) {
            throw new WrongParameter(SINCE_MISSING);
        }
        return Times.moment("since", since, clock.instant());
    }
}
