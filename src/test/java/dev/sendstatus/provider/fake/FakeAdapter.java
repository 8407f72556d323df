package dev.sendstatus.provider.fake;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.AccountSetting;
import dev.sendstatus.provider.Authentication;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.WebhookSetup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider simple enough to see through: the header {@code Key} must be the account's, a body is lines of
 * {@code id to progress}, {@code ?} is not understood, and {@code !} makes the adapter fail.
 *
 * @param word the provider's name
 * @param challenge as {@link ProviderAdapter#challenge()}
 */
public record FakeAdapter(String word, @Nullable String challenge) implements ProviderAdapter<String> {

    @Override
    public Provider provider() {
        return new Provider(word);
    }

    @Override
    public List<AccountSetting> settings() {
        return List.of(AccountSetting.secret("key", "the key"));
    }

    @Override
    public String keys(Map<String, String> values) {
        return values.getOrDefault("key", "");
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public boolean sends(String method, @Nullable String mediaType) {
        return "text/fake".equals(mediaType);
    }

    @Override
    public Authentication authenticate(CallbackRequest request, List<Account<String>> accounts) {
        String key = request.headers().first("Key");
        if (key == null) {
            return new Authentication.Refused(Authentication.Reason.MISSING);
        }
        for (Account<String> account : accounts) {
            if (account.keys().equals(key)) {
                return new Authentication.Accepted(account.name());
            }
        }
        return new Authentication.Refused(Authentication.Reason.WRONG);
    }

    @Override
    public Parsed parse(CallbackRequest request) {
        List<DeliveryEvent> events = new ArrayList<>();
        List<String> not = new ArrayList<>();
        for (String line : new String(request.body(), StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.startsWith("!")) {
                throw new IllegalStateException("the adapter has a mistake");
            }
            String[] words = line.split(" ", -1);
            if (words.length != 3) {
                not.add("a line of another form");
                continue;
            }
            events.add(DeliveryEvent.of(
                            new MessageKey(provider(), words[0]),
                            Direction.OUTBOUND,
                            Progress.valueOf(words[2]),
                            words[2].toLowerCase(java.util.Locale.ROOT))
                    .to(words[1])
                    .build());
        }
        if (events.isEmpty()) {
            return new Parsed.NotUnderstood(String.join("; ", not));
        }
        return new Parsed.Events(events, not, List.of());
    }

    @Override
    public WebhookSetup setup() {
        return new WebhookSetup("#fragment", List.of("Enter it there."));
    }

    @Override
    public CallbackSimulator simulator() {
        throw new UnsupportedOperationException();
    }
}
