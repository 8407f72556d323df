package dev.sendstatus.relay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.outbound.PushAnswer;
import dev.sendstatus.outbound.PushClient;
import java.time.Duration;
import java.time.InstantSource;

/**
 * One push that says nothing, to see whether it arrives. It does not change the state of the endpoint.
 *
 * @param answer the status with the beginning of the answer, or what went wrong
 */
public record PushTrial(String endpoint, boolean ok, String answer, long milliseconds) {

    /** Pushes it now, and waits for the answer. */
    public static PushTrial of(EndpointSettings endpoint, InstantSource clock) {
        try (PushClient client = new PushClient(endpoint.destination(), 0, clock)) {
            long began = System.nanoTime();
            PushAnswer answer = client.send(RelayEvent.test(endpoint.name(), clock.instant()));
            long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
            if (answer instanceof PushAnswer.Answered answered) {
                String excerpt = answered.excerpt().isEmpty() ? "" : ": " + answered.excerpt();
                return new PushTrial(endpoint.name(), answered.success(), "HTTP " + answered.status() + excerpt, took);
            }
            return new PushTrial(endpoint.name(), false, ((PushAnswer.Lost) answer).why(), took);
        }
    }

    public ObjectNode document() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("endpoint", endpoint);
        node.put("ok", ok);
        node.put("answer", answer);
        node.put("milliseconds", milliseconds);
        return node;
    }
}
