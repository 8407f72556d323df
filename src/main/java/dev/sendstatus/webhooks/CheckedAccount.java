package dev.sendstatus.webhooks;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookUrl;
import org.jspecify.annotations.Nullable;

/**
 * An account whose webhooks are to be looked at.
 *
 * @param api null where it cannot be used
 * @param why what is missing for it; empty if there is one
 */
public record CheckedAccount(
        AccountName name, WebhookUrl wanted, @Nullable WebhookApi api, String why) {}
