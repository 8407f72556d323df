package dev.sendstatus.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.query.WebhookList;
import dev.sendstatus.query.WebhookTraffic;
import dev.sendstatus.store.jdbc.Reads;
import io.javalin.config.JavalinConfig;
import java.time.InstantSource;

/** {@code GET /v1/webhooks}: per account, the URL to give the provider, and what came. */
final class WebhookListRoutes {
    private final Reads reads;
    private final WebhookList webhooks;
    private final InstantSource clock;

    WebhookListRoutes(Reads reads, WebhookList webhooks, InstantSource clock) {
        this.clock = clock;
        this.reads = reads;
        this.webhooks = webhooks;
    }

    void install(JavalinConfig config) {
        config.routes.get("/v1/webhooks", ctx -> {
            ArrayNode items = webhooks.items(WebhookTraffic.of(reads, clock.instant()));
            ObjectNode page = JsonNodeFactory.instance.objectNode();
            page.set("items", items);
            page.putNull("next_cursor");
            Json.answer(ctx, page);
        });
    }
}
