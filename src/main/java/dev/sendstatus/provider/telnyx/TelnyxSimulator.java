package dev.sendstatus.provider.telnyx;

import dev.sendstatus.provider.BodyTemplate;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.CallbackSimulator.SignedCallback;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/** Makes v2 callbacks as Telnyx would send them, signed with a private key of our own. Safe for use by several threads. */
final class TelnyxSimulator implements CallbackSimulator {
    /** Of 3,037 failures of one live account, in thousandths; everything else was too rare to be seen there. */
    private static final Map<String, Integer> ERROR_FREQUENCIES = Map.of("40001", 940, "40012", 40, "40002", 25);

    /** Codes of messages that never left Telnyx: expired in its queue, its own spam filter, the recipient's opt-out. */
    private static final Set<String> NEVER_SENT = Set.of("40014", "40015", "40300");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);

    /** One plain text message, pretty-printed with two spaces as Telnyx's are. */
    private static final BodyTemplate BODY = new BodyTemplate(TelnyxSimulator.class, "callback.json");

    private static final String ERRORS = "[{\"code\": %s, \"title\": \"Message not delivered\"}]";
    private static final String COST = "{\"amount\": \"0.0040\", \"currency\": \"USD\"}";

    /** By their texts: making a key takes longer than signing with it. Of Bouncy Castle, since the JDK derives no public keys. */
    private final Map<String, Ed25519PrivateKeyParameters> keys = new ConcurrentHashMap<>();

    @Override
    public Map<String, String> demoSettings(RandomGenerator random) {
        byte[] seed = new byte[Ed25519PrivateKeyParameters.KEY_SIZE];
        random.nextBytes(seed);
        String text = Base64.getEncoder().encodeToString(seed);
        String publicKey = Base64.getEncoder().encodeToString(publicKey(seed));
        return Map.of(TelnyxKeys.PUBLIC_KEY, publicKey, TelnyxKeys.SIMULATION_KEY, text);
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
        Ed25519PrivateKeyParameters key = signingKey(settings.getOrDefault(TelnyxKeys.SIMULATION_KEY, ""));
        byte[] body = body(message, publicUrl);
        String time = Long.toString(now.getEpochSecond());
        return SignedCallback.post(body)
                .with("Content-Type", "application/json")
                .with("User-Agent", "telnyx-webhooks")
                .with(TelnyxAuthentication.SIGNATURE_HEADER, signature(key, time, body))
                .with(TelnyxAuthentication.TIME_HEADER, time);
    }

    @Override
    public SignedCallback unsigned(
            SimulatedMessage message, Map<String, String> settings, String publicUrl, Instant now) {
        return SignedCallback.post(body(message, publicUrl)).with("Content-Type", "application/json");
    }

    /** The seed of a simulation key; null if the text is not Base64 of 32 bytes. */
    static byte @Nullable [] seed(String text) {
        return TelnyxAuthentication.decoded(text, Ed25519PrivateKeyParameters.KEY_SIZE);
    }

    static byte[] publicKey(byte[] seed) {
        return new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
    }

    private Ed25519PrivateKeyParameters signingKey(String text) {
        byte[] seed = seed(text);
        if (seed == null) {
            throw new IllegalArgumentException(
                    "simulation-key is missing or not Base64 of 32 bytes: Telnyx's private key is"
                            + " its own, so simulated callbacks need a key pair of yours, its public half as public-key");
        }
        return keys.computeIfAbsent(text, known -> new Ed25519PrivateKeyParameters(seed, 0));
    }

    private static String signature(Ed25519PrivateKeyParameters key, String time, byte[] body) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        byte[] prefix = (time + "|").getBytes(StandardCharsets.US_ASCII);
        signer.update(prefix, 0, prefix.length);
        signer.update(body, 0, body.length);
        return Base64.getEncoder().encodeToString(signer.generateSignature());
    }

    private static byte[] body(SimulatedMessage message, String publicUrl) {
        Outcome outcome = message.outcome();
        boolean inbound = outcome == Outcome.RECEIVED;
        String code = message.errorCode();
        boolean neverSent = outcome == Outcome.FAILED && code != null && NEVER_SENT.contains(code);
        MessageEvent event =
                inbound ? MessageEvent.RECEIVED : outcome == Outcome.SENT ? MessageEvent.SENT : MessageEvent.FINALIZED;
        String status =
                switch (outcome) {
                    case ACCEPTED ->
                        throw new IllegalArgumentException("Telnyx sends no callback for a message that waits");
                    case SENT -> "sent";
                    case DELIVERED -> "delivered";
                    case FAILED -> neverSent ? "sending_failed" : "delivery_failed";
                    case UNCONFIRMED -> "delivery_unconfirmed";
                    case RECEIVED -> "webhook_delivered";
                };
        // The same for every repetition of one callback, as Telnyx's is.
        String identity = message.id() + ' ' + message.to() + ' ' + outcome + ' ' + message.occurredAt();
        String occurredAt = '"' + TIME.format(message.occurredAt()) + '"';
        String sentAt = '"' + TIME.format(message.sentAt()) + '"';
        return BODY.of(message)
                .with("event_type", event.word())
                .with(
                        "event_id",
                        UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                                .toString())
                .with("occurred_at", occurredAt)
                .with("completed_at", event == MessageEvent.FINALIZED ? occurredAt : "null")
                .with("cost", neverSent ? "null" : COST)
                .with("direction", inbound ? "inbound" : "outbound")
                .with("errors", code == null ? "[]" : ERRORS.formatted(BodyTemplate.json(code)))
                .with("received_at", sentAt)
                .with("sent_at", inbound || neverSent ? "null" : sentAt)
                .with("status", status)
                .with("url", BodyTemplate.json(publicUrl))
                .bytes();
    }
}
