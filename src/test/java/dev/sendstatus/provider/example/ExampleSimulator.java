package dev.sendstatus.provider.example;

import dev.sendstatus.provider.BodyTemplate;
import dev.sendstatus.provider.CallbackSimulator;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes callbacks as Example would send them. */
final class ExampleSimulator implements CallbackSimulator {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final BodyTemplate BODY = new BodyTemplate(ExampleSimulator.class, "callback.json");

    @Override
    public Map<String, String> demoSettings(RandomGenerator random) {
        return Map.of(ExampleKeys.SECRET, CallbackSimulator.letters(random, LETTERS, 32));
    }

    @Override
    public String newMessageId(RandomGenerator random, Instant now) {
        return "ex-" + CallbackSimulator.letters(random, LETTERS, 20);
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
        String status =
                switch (message.outcome()) {
                    case ACCEPTED -> "accepted";
                    case SENT -> "sent";
                    case DELIVERED -> "delivered";
                    case FAILED -> "failed";
                    case UNCONFIRMED -> "expired";
                    case RECEIVED -> "received";
                };
        byte[] body = BODY.of(message)
                .with("event", BodyTemplate.json(message.id() + "-" + status))
                .with("status", status)
                .with("at", message.occurredAt().toString())
                .with("sent_at", message.sentAt().toString())
                .with("code", BodyTemplate.json(message.errorCode()))
                .bytes();
        String secret = CallbackSimulator.required(settings, ExampleKeys.SECRET);
        ExampleSignature signature = ExampleSignature.by(ExampleSignature.key(secret), now, body);
        return SignedCallback.post(body)
                .with("Content-Type", "application/json")
                .with(ExampleSignature.HEADER, signature.seconds() + "," + signature.hash());
    }
}
