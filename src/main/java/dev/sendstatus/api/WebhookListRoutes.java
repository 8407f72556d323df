package dev.sendstatus.api;

import dev.sendstatus.query.WebhookTraffic;
import io.javalin.config.JavalinConfig;

/** {@code GET /v1/webhooks}: per account, the URL to give the provider, and the callbacks that came. */
record WebhookListRoutes(Api api) {

    void install(JavalinConfig config) {
        config.routes.get(
                "/v1/webhooks",
                ctx -> Json.list(
                        ctx,
                        api.webhookList()
                                .items(WebhookTraffic.of(
                                        api.reads(), api.clock().instant()))));
    }
}
