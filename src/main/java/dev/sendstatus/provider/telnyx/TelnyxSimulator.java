package dev.sendstatus.provider.telnyx;

import dev.sendstatus.provider.CallbackSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes v2 callbacks as Telnyx would send them. Safe for use by several threads. */
final class TelnyxSimulator implements CallbackSimulator {

    /** Of 3,037 failures of one live account, in thousandths; everything else was too rare to be seen there. */
    private static final Map<String, Integer> ERROR_FREQUENCIES = Map.of("40001", 940, "40012", 40, "40002", 25);

    /** Making a key from its text takes longer than signing with it. */
    private volatile @Nullable SimulationKey lastKey;

    @Override
    public Map<String, String> demoSettings(RandomGenerator random) {
        byte[] seed = new byte[SimulationKey.LENGTH];
        random.nextBytes(seed);
        String text = Base64.getEncoder().encodeToString(seed);
        String publicKey = Base64.getEncoder().encodeToString(signingKey(text).publicKey());
        return Map.of(TelnyxSettings.PUBLIC_KEY, publicKey, TelnyxSettings.SIMULATION_KEY, text);
    }

    /** A random UUID, as all of Telnyx's ids are. */
    @Override
    public String newMessageId(RandomGenerator random, Instant now) {
        long withVersion = (random.nextLong() & ~0xF000L) | 0x4000L;
        long withVariant = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(withVersion, withVariant).toString();
    }

    /** While a message waits at Telnyx there is no callback. */
    @Override
    public boolean reports(Outcome outcome) {
        return outcome != Outcome.ACCEPTED;
    }

    @Override
    public Map<String, Integer> errorFrequencies() {
        return ERROR_FREQUENCIES;
    }

    @Override
    public SignedCallback callback(
            SimulatedMessage message, Map<String, String> settings, String publicUrl, Instant now) {
        SimulationKey key = signingKey(settings.get(TelnyxSettings.SIMULATION_KEY));
        byte[] body = SimulatedBody.of(message, publicUrl).getBytes(StandardCharsets.UTF_8);
        String time = Long.toString(now.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "telnyx-webhooks");
        headers.put(TelnyxAuthentication.SIGNATURE_HEADER, key.signature(time, body));
        headers.put(TelnyxAuthentication.TIME_HEADER, time);
        return new SignedCallback("POST", null, headers, body);
    }

    @Override
    public SignedCallback unsigned(
            SimulatedMessage message, Map<String, String> settings, String publicUrl, Instant now) {
        byte[] body = SimulatedBody.of(message, publicUrl).getBytes(StandardCharsets.UTF_8);
        return new SignedCallback("POST", null, Map.of("Content-Type", "application/json"), body);
    }

    private SimulationKey signingKey(@Nullable String text) {
        SimulationKey last = lastKey;
        if (last != null && last.isOf(text)) {
            return last;
        }
        SimulationKey key = text == null ? null : SimulationKey.of(text);
        if (key == null) {
            throw new IllegalArgumentException(
                    "simulation-key is missing or not Base64 of 32 bytes: Telnyx's private key is"
                            + " its own, so simulated callbacks need a key pair of yours, its public half as public-key");
        }
        lastKey = key;
        return key;
    }
}
