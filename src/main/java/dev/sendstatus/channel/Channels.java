package dev.sendstatus.channel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.outbound.Destination;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The channels by their types: a new one is a line here. */
final class Channels {
    private Channels() {}

    /** @param mail not null if the type is e-mail */
    static Channel of(ChannelSettings settings, @Nullable MailSettings mail, InstantSource clock) {
        return switch (settings.type()) {
            case EMAIL -> new EmailChannel(Objects.requireNonNull(mail), settings.to());
            case SLACK -> post(settings, clock, Attachments.SLACK::body);
            case MATTERMOST -> post(settings, clock, Attachments.MATTERMOST::body);
            case DISCORD -> post(settings, clock, Embeds::body);
            case TEAMS -> post(settings, clock, AdaptiveCard::body);
            case NTFY -> {
                Ntfy ntfy = Ntfy.of(destination(settings));
                yield new ChannelPost(ntfy.root(), settings.token(), clock, ntfy::body);
            }
            case WEBHOOK -> post(settings, clock, Channels::event);
        };
    }

    private static Channel post(ChannelSettings settings, InstantSource clock, Function<Message, ObjectNode> body) {
        return new ChannelPost(destination(settings), null, clock, body);
    }

    /** For a program of the operator's, by a push that is signed as the relay's are. */
    private static ObjectNode event(Message message) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("type", message.event());
        event.put("timestamp", message.at().toString());
        event.set("data", message.data());
        return event;
    }

    private static Destination destination(ChannelSettings settings) {
        return Objects.requireNonNull(settings.destination());
    }
}
