package dev.sendstatus.provider;

import dev.sendstatus.event.Provider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is particular to one provider. Pure, but for what {@link #lookup} and {@link #webhooks} give; without state of its own that matters,
 * and safe to call from any thread.
 *
 * @param <K> the decoded keys of one account
 */
public interface ProviderAdapter<K> {

    Provider provider();

    /** The keys that an account of this provider takes in the configuration, beside {@code name}, {@code verify} and the like. */
    List<AccountSetting> settings();

    /**
     * Decodes one account's settings.
     *
     * @param values by key of {@link #settings()}; only those that are set
     * @throws InvalidAccount with every mistake in them
     */
    K keys(Map<String, String> values) throws InvalidAccount;

    /**
     * Gets ready whatever takes long at first: called once where the provider has an account, right after a server's start, on a thread of
     * its own. A call that needs it before waits for it.
     */
    default void prepare() {}

    /** Whether each of the provider's messages goes to one recipient: it takes a message per recipient, also for a group. */
    default boolean oneRecipient() {
        return false;
    }

    /** The HTTP methods that this provider's callbacks use: POST, unless the adapter says otherwise. */
    default List<String> methods() {
        return List.of("POST");
    }

    /** Whether the provider ever sends a callback with that media type (null for none named): JSON by POST, unless the adapter says otherwise. */
    default boolean sends(String method, @Nullable String mediaType) {
        return method.equals("POST") && (mediaType == null || mediaType.equals("application/json"));
    }

    /**
     * The {@code WWW-Authenticate} value that makes the provider send its credentials, for a 401; null if a refusal is a 403.
     * If it is not null, missing credentials are answered before anything else about the request is judged.
     */
    default @Nullable String challenge() {
        return null;
    }

    /**
     * Proves which of these accounts sent the request.
     *
     * @param accounts the candidates, at least one: all of this provider, or the one that the path names
     */
    Authentication authenticate(CallbackRequest request, List<Account<K>> accounts);

    /**
     * A change that would have made a refused request fit, beyond another account's keys: another URL, say. In words for the operator,
     * with no secret in them, and nothing but facts that a signature proves: a client may claim anything.
     *
     * @param accounts all of this provider that verify, at least one
     * @return null if that cannot be told
     */
    default @Nullable String hint(CallbackRequest request, List<Account<K>> accounts) {
        return null;
    }

    /** Reads a request, also years later from the store, when only method, query, media type and body are left of it. */
    Parsed parse(CallbackRequest request);

    /**
     * Whether a 200 has to bring an empty TwiML document: Twilio waits for one after an inbound message, and texts any plain text to the
     * sender (docs/providers/twilio.md). All other callbacks are answered by an empty body.
     */
    default boolean answeredByTwiml(CallbackRequest request) {
        return false;
    }

    /** The way to enter the URL at the provider: the resource {@code setup.txt} beside the adapter's class, unless the adapter says otherwise. */
    default WebhookSetup setup() {
        return new WebhookSetup("", getClass());
    }

    /** Asks the provider's API about messages of that account; null if its settings hold no credentials for that. */
    default @Nullable MessageLookup lookup(Account<K> account, ApiSettings api) {
        return null;
    }

    /**
     * Reads and sets that account's webhooks at the provider; null if they are set by hand only.
     *
     * @throws WebhookApi.ApiFailed if its settings hold no credentials for that, with the settings that are missing
     */
    default @Nullable WebhookApi webhooks(Account<K> account, ApiSettings api) throws WebhookApi.ApiFailed {
        return null;
    }

    /** Makes callbacks as the provider would send them, for {@code simulate} and the benchmark. */
    CallbackSimulator simulator();
}
