package dev.sendstatus.channel;

import dev.sendstatus.outbound.Destination;
import java.time.InstantSource;

/**
 * Slack's incoming webhooks, in the older form of attachments: Rocket.Chat, Discord's {@code /slack} and others take that too, where they
 * know nothing of Slack's blocks.
 */
final class SlackChannel implements Channel {
    private final Attachments attachments = new Attachments(SlackChannel::escaped);
    private final ChannelPost post;

    SlackChannel(Destination destination, InstantSource clock) {
        this.post = new ChannelPost(destination, null, clock);
    }

    @Override
    public ChannelAnswer send(Message message) {
        return post.post(attachments.body(message));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public void close() {
        post.close();
    }
}
