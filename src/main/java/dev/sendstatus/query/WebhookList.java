package dev.sendstatus.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.WebhookSetup;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The webhook URLs of the configured accounts, with the callbacks that came at each.
 *
 * @param providers all that are configured
 * @param publicUrl the URL of the server outside, without a trailing slash
 */
public record WebhookList(List<ConfiguredProvider<?>> providers, String publicUrl) {

    /**
     * One account's webhook.
     *
     * @param url to be given to the provider
     * @param steps where it is entered there
     * @param activity null if nothing ever came
     * @param silence null where there is no such account, but a provider's refusals that belong to none
     */
    public record Webhook(
            AccountName account,
            boolean verify,
            String url,
            List<String> steps,
            @Nullable AccountActivity activity,
            @Nullable Silence silence) {}

    /** Of every account, by provider and name; refusals that cannot be told apart by account count at a provider's only one. */
    public List<Webhook> webhooks(WebhookTraffic traffic) {
        Map<AccountName, AccountActivity> byAccount = new TreeMap<>();
        traffic.activity().forEach(some -> byAccount.put(some.account(), some));
        List<Webhook> webhooks = new ArrayList<>();
        for (ConfiguredProvider<?> provider : providers) {
            WebhookSetup setup = provider.adapter().setup();
            for (Account<?> account : provider.accounts()) {
                AccountName name = account.name();
                webhooks.add(new Webhook(
                        name,
                        account.verify(),
                        publicUrl + "/webhooks/" + name.provider() + "/" + name.name() + setup.urlSuffix(),
                        setup.steps(),
                        byAccount.get(name),
                        traffic.silence(name)));
            }
            if (provider.accounts().size() > 1) {
                AccountActivity unknown =
                        byAccount.get(Refused.anyAccount(provider.adapter().provider()));
                if (unknown != null) {
                    webhooks.add(new Webhook(
                            unknown.account(),
                            true,
                            publicUrl + "/webhooks/" + provider.adapter().provider() + setup.urlSuffix(),
                            setup.steps(),
                            unknown,
                            null));
                }
            }
        }
        return webhooks;
    }

    public ArrayNode items(WebhookTraffic traffic) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (Webhook webhook : webhooks(traffic)) {
            ObjectNode node = items.addObject();
            node.put("provider", webhook.account().provider().word());
            node.put("account", webhook.account().name());
            node.put("url", webhook.url());
            node.put("verify", webhook.verify());
            AccountActivity seen = webhook.activity();
            node.put("last_callback_at", seen == null ? null : Times.text(seen.lastCallbackAt()));
            putSilence(node, webhook.silence());
            ObjectNode refused = node.putObject("refused");
            long total = 0;
            ObjectNode reasons = JsonNodeFactory.instance.objectNode();
            if (seen != null) {
                for (Map.Entry<String, Long> reason : seen.refused().entrySet()) {
                    reasons.put(reason.getKey(), reason.getValue());
                    total += reason.getValue();
                }
            }
            refused.put("count", total);
            refused.set("reasons", reasons);
            refused.put("last_at", seen == null ? null : Times.text(seen.lastRefusedAt()));
            refused.put("hint", seen == null ? null : seen.hint());
            ArrayNode steps = node.putArray("setup");
            webhook.steps().forEach(steps::add);
        }
        return items;
    }

    private static void putSilence(ObjectNode node, @Nullable Silence silence) {
        if (silence == null) {
            node.putNull("silence");
            return;
        }
        node.putObject("silence")
                .put("silent", silence.silent())
                .put("since", Times.text(silence.since()))
                .put("seconds", silence.seconds())
                .put("basis", silence.basis().word())
                .put("expected", silence.expected())
                .put("unanswered", silence.unanswered())
                .put("text", silence.text());
    }
}
