package dev.sendstatus.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.outbound.Destination;
import dev.sendstatus.outbound.PushAnswer;
import dev.sendstatus.outbound.PushClient;
import dev.sendstatus.outbound.PushClient.Push;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** JSON to one URL, and what its answer means. The URL is a secret: nothing of its path or query is in an outcome. */
final class ChannelPost implements Channel {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of the answers that blame us, those that may be others later: time-out, too early, too many requests. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);
    /** Shorter parts of a URL are words. */
    private static final int SECRET_CHARACTERS = 6;

    private final Destination destination;
    private final PushClient client;
    private final @Nullable String token;
    private final Function<Message, ObjectNode> body;

    /**
     * A channel whose requests are signed if the destination has secrets.
     *
     * @param token goes along in each request; null for none
     * @param body a message as the receiver wants it
     */
    ChannelPost(
            Destination destination, @Nullable String token, InstantSource clock, Function<Message, ObjectNode> body) {
        this.destination = destination;
        this.client = new PushClient(destination, 0, clock);
        this.token = token;
        this.body = body;
    }

    @Override
    public ChannelAnswer send(Message message) {
        byte[] bytes = bytes(body.apply(message));
        return outcome(
                destination.secrets().isEmpty()
                        ? client.post(bytes, token == null ? Map.of() : Map.of("Authorization", "Bearer " + token))
                        : client.send(new Push(message.id(), bytes)));
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    private ChannelAnswer outcome(PushAnswer answer) {
        if (answer instanceof PushAnswer.Answered answered) {
            int status = answered.status();
            String text =
                    "HTTP " + status + (answered.excerpt().isEmpty() ? "" : ": " + withoutSecrets(answered.excerpt()));
            boolean ours = status / 100 == 4 || status / 100 == 3;
            return answered.success()
                    ? new ChannelAnswer.Taken(text)
                    : new ChannelAnswer.NotTaken(text, ours && !PASSING.contains(status), answered.retryAfter());
        }
        return new ChannelAnswer.NotTaken(((PushAnswer.Lost) answer).why(), false, null);
    }

    /** Servers like to repeat the path that they do not know. */
    private String withoutSecrets(String excerpt) {
        HttpUrl url = destination.url();
        String safe = hidden(excerpt, url.encodedPath());
        for (String part : url.pathSegments()) {
            safe = hidden(safe, part);
        }
        for (String part : url.encodedPathSegments()) {
            safe = hidden(safe, part);
        }
        for (int i = 0; i < url.querySize(); i++) {
            safe = hidden(safe, String.valueOf(url.queryParameterValue(i)));
        }
        safe = hidden(safe, String.valueOf(url.encodedQuery()));
        return token == null ? safe : hidden(safe, token);
    }

    private static String hidden(String text, String secret) {
        return secret.length() < SECRET_CHARACTERS ? text : text.replace(secret, "…");
    }

    @Override
    public void close() {
        client.close();
    }
}
