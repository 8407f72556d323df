package dev.sendstatus.webhooks;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.WebhookResource;

/** One request that changed something, or was to. @param failure empty if it succeeded */
public record WebhookChange(AccountName account, WebhookResource resource, String failure) {
    public boolean done() {
        return failure.isEmpty();
    }
}
