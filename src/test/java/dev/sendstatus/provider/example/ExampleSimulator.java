package dev.sendstatus.provider.example;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.provider.CallbackSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes callbacks as Example would send them. */
final class ExampleSimulator implements CallbackSimulator {
    @Override
    public Map<String, String> demoSettings(RandomGenerator random) {
        return Map.of(ExampleAdapter.SECRET, Long.toHexString(random.nextLong()));
    }

    @Override
    public String newMessageId(RandomGenerator random, Instant now) {
        return "ex-" + Long.toHexString(random.nextLong());
    }

    @Override
    public boolean reports(Outcome outcome) {
        return true;
    }

    @Override
    public Map<String, Integer> errorFrequencies() {
        return Map.of("E7", 3);
    }

    @Override
    public SignedCallback callback(
            SimulatedMessage message, Map<String, String> settings, String publicUrl, Instant now) {
        String secret = settings.get(ExampleAdapter.SECRET);
        if (secret == null) {
            throw new IllegalArgumentException(
                    "Example's callbacks are signed with secret, which the account does not set");
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("event", message.id() + "-" + message.outcome());
        json.put("message", message.id());
        json.put("status", status(message.outcome()));
        json.put("to", message.to()).put("from", message.from());
        json.put("at", message.occurredAt().toString())
                .put("sent_at", message.sentAt().toString());
        json.put("code", message.errorCode());
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        ExampleSignature signature = ExampleSignature.by(ExampleSignature.key(secret), now, body);
        return new SignedCallback(
                "POST",
                null,
                Map.of(
                        "Content-Type",
                        "application/json",
                        ExampleSignature.HEADER,
                        signature.seconds() + "," + signature.hash()),
                body);
    }

    private static String status(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> "accepted";
            case SENT -> "sent";
            case DELIVERED -> "delivered";
            case FAILED -> "failed";
            case UNCONFIRMED -> "expired";
            case RECEIVED -> "received";
        };
    }
}
