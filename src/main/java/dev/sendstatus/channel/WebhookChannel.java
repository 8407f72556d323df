package dev.sendstatus.channel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.outbound.Destination;
import java.time.InstantSource;

/** A program of the operator's, by a push that is signed as the relay's are. */
final class WebhookChannel implements Channel {
    private final ChannelPost post;

    WebhookChannel(Destination destination, InstantSource clock) {
        this.post = new ChannelPost(destination, null, clock);
    }

    @Override
    public ChannelAnswer send(Message message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", message.event());
        body.put("timestamp", message.at().toString());
        body.set("data", message.data());
        return post.push(message.id(), body);
    }

    @Override
    public void close() {
        post.close();
    }
}
