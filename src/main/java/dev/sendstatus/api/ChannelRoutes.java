package dev.sendstatus.api;

import dev.sendstatus.channel.ChannelSettings;
import dev.sendstatus.channel.ChannelTrial;
import dev.sendstatus.channel.NoticeSettings;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Optional;

/** {@code POST /v1/channels/{name}/test}: one message that says nothing. */
final class ChannelRoutes {
    private final NoticeSettings settings;
    private final InstantSource clock;

    ChannelRoutes(NoticeSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    void install(JavalinConfig config) {
        config.routes.post("/v1/channels/{name}/test", this::test);
    }

    private void test(Context ctx) {
        Optional<ChannelSettings> channel = settings.channel(ctx.pathParam("name"));
        if (channel.isPresent()) {
            Json.answer(ctx, ChannelTrial.of(channel.get(), settings, clock).document());
        } else {
            Problems.answer(
                    ctx,
                    new Problem(
                            404,
                            "No such channel",
                            "No channel of this name is on: channels in the configuration, SENDSTATUS_MAIL_TO for the one called"
                                    + " email, or SENDSTATUS_CHAT_URL for the one called chat."));
        }
    }
}
