package dev.sendstatus.channel;

import dev.sendstatus.outbound.Destination;
import java.time.InstantSource;

/** Mattermost's incoming webhooks: attachments as Slack has them, in which every text is Markdown. */
final class MattermostChannel implements Channel {
    private static final String SPECIAL = "\\*_~`|>#[]()!";

    private final Attachments attachments = new Attachments(text -> Outside.escaped(text, SPECIAL));
    private final ChannelPost post;

    MattermostChannel(Destination destination, InstantSource clock) {
        this.post = new ChannelPost(destination, null, clock);
    }

    @Override
    public ChannelAnswer send(Message message) {
        return post.post(attachments.body(message));
    }

    @Override
    public void close() {
        post.close();
    }
}
