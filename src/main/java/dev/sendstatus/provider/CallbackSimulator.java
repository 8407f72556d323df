package dev.sendstatus.provider;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes callbacks as the provider would send them, signed as it signs: for {@code simulate}, the demo and the benchmark. */
public interface CallbackSimulator {

    /** The settings of an account to play with; all secrets come from the random source. */
    Map<String, String> demoSettings(RandomGenerator random);

    /** A message id as this provider makes them. */
    String newMessageId(RandomGenerator random, Instant now);

    /** Whether the provider sends a callback for that outcome of a plain text message at all. */
    boolean reports(Outcome outcome);

    /** Error codes of failed messages and how often each is seen, as weights of any scale. */
    Map<String, Integer> errorFrequencies();

    /**
     * One callback.
     *
     * @param message the facts to state
     * @param settings of the account that signs, as {@link ProviderAdapter#keys} takes them
     * @param publicUrl the URL that the provider was given, without query and fragment
     * @param now the time for the signature, where it has one
     * @throws IllegalArgumentException if these settings cannot sign, with the setting that is missing
     */
    SignedCallback callback(SimulatedMessage message, Map<String, String> settings, String publicUrl, Instant now);

    /** The same without the proof of its origin, where that proof takes long: for filling a database. */
    default SignedCallback unsigned(
            SimulatedMessage message, Map<String, String> settings, String publicUrl, Instant now) {
        return callback(message, settings, publicUrl, now);
    }

    /** So many random letters of that alphabet. */
    static String letters(RandomGenerator random, String alphabet, int count) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return letters.toString();
    }

    /** The setting of that key. @throws IllegalArgumentException if it is not set */
    static String required(Map<String, String> settings, String key) {
        String value = settings.get(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(
                    "simulated callbacks are signed with " + key + ", which the account does not set");
        }
        return value;
    }

    /**
     * The facts that a callback is to state of one message.
     *
     * @param errorCode with {@link Outcome#FAILED} and {@link Outcome#UNCONFIRMED}; null for none
     * @param text the message's; providers echo it in some callbacks
     */
    record SimulatedMessage(
            String id,
            String from,
            String to,
            Outcome outcome,
            @Nullable String errorCode,
            Instant sentAt,
            Instant occurredAt,
            String text) {}

    /** The outcome that a callback reports. */
    enum Outcome {
        ACCEPTED,
        SENT,
        DELIVERED,
        FAILED,
        UNCONFIRMED,
        RECEIVED
    }

    /** A request ready to be sent: the query without its question mark (null for none), headers by name, the body. */
    record SignedCallback(String method, @Nullable String query, Map<String, String> headers, byte[] body) {
        /** A POST without headers, to which they are added. */
        public static SignedCallback post(byte[] body) {
            return new SignedCallback("POST", null, Map.of(), body);
        }

        /** The same with one header more. */
        public SignedCallback with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new SignedCallback(method, query, more, body);
        }
    }
}
