package dev.sendstatus.channel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/**
 * One message that says nothing, to see whether it arrives.
 *
 * @param answer of the receiver, or the failure; without a secret
 */
public record ChannelTrial(String channel, boolean ok, String answer, long milliseconds) {

    /** Sends it now, and waits for the answer: half a minute at most. */
    public static ChannelTrial of(ChannelSettings channel, NoticeSettings settings, InstantSource clock) {
        Messages messages = new Messages(settings.publicUrl(), settings.zone());
        try (Channel one = Channels.of(channel, settings.mail(), clock)) {
            String id = "tst_" + UUID.randomUUID().toString().replace("-", "");
            long began = System.nanoTime();
            ChannelAnswer outcome = one.send(messages.test(id, clock.instant(), channel.name()));
            long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
            return new ChannelTrial(channel.name(), outcome instanceof ChannelAnswer.Taken, outcome.answer(), took);
        }
    }

    public ObjectNode document() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("channel", channel)
                .put("ok", ok)
                .put("answer", answer)
                .put("milliseconds", milliseconds);
    }
}
