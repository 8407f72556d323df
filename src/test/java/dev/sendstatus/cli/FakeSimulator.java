package dev.sendstatus.cli;

import dev.sendstatus.provider.CallbackSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Signs with its secret itself, and says all in one line: id, outcome, error code. */
final class FakeSimulator implements CallbackSimulator {
    static final String SIGNATURE = "X-Signature";

    @Override
    public Map<String, String> demoSettings(RandomGenerator random) {
        return Map.of("account-sid", "other", "auth-token", "forged");
    }

    @Override
    public String newMessageId(RandomGenerator random, Instant now) {
        return Long.toHexString(random.nextLong());
    }

    @Override
    public boolean reports(Outcome outcome) {
        return outcome != Outcome.ACCEPTED;
    }

    @Override
    public Map<String, Integer> errorFrequencies() {
        return Map.of("30003", 3, "30007", 1);
    }

    @Override
    public SignedCallback callback(
            SimulatedMessage message, Map<String, String> settings, String publicUrl, Instant now) {
        String token = settings.get("auth-token");
        if (token == null) {
            throw new IllegalArgumentException("auth-token is missing: set it");
        }
        String body = message.id() + " " + message.outcome() + " " + message.errorCode();
        return new SignedCallback(
                "POST",
                "account=" + settings.get("account-sid"),
                Map.of(SIGNATURE, token + " " + publicUrl, "Content-Type", "text/fake"),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
