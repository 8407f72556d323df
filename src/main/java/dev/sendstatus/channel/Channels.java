package dev.sendstatus.channel;

import dev.sendstatus.outbound.Destination;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The channels by their types: a new one is a line here. */
final class Channels {
    private Channels() {}

    /** @param mail not null if the type is e-mail */
    static Channel of(ChannelSettings settings, @Nullable MailSettings mail, InstantSource clock) {
        return switch (settings.type()) {
            case EMAIL -> new EmailChannel(Objects.requireNonNull(mail), settings.to());
            case SLACK -> new SlackChannel(destination(settings), clock);
            case DISCORD -> new DiscordChannel(destination(settings), clock);
            case MATTERMOST -> new MattermostChannel(destination(settings), clock);
            case TEAMS -> new TeamsChannel(destination(settings), clock);
            case NTFY -> new NtfyChannel(destination(settings), settings.token(), clock);
            case WEBHOOK -> new WebhookChannel(destination(settings), clock);
        };
    }

    private static Destination destination(ChannelSettings settings) {
        return Objects.requireNonNull(settings.destination());
    }
}
