package dev.sendstatus.api;

import dev.sendstatus.channel.ChannelTrial;
import io.javalin.config.JavalinConfig;

/** {@code POST /v1/channels/{name}/test}: one message that says nothing. */
record ChannelRoutes(Api api) {

    void install(JavalinConfig config) {
        config.routes.post(
                "/v1/channels/{name}/test",
                ctx -> Json.answer(
                        ctx,
                        ChannelTrial.of(api.channel(ctx.pathParam("name")), api.notices(), api.clock())
                                .document()));
    }
}
