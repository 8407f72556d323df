package dev.sendstatus.provider;

import java.util.List;

/** The webhook settings of one account at its provider, read and set through the provider's API. One thread. */
public interface WebhookApi {

    /** Everything that has a webhook, by kind and id; only reads. */
    List<WebhookResource> resources(WebhookUrl wanted) throws ApiFailed;

    /** Mends what can be, by one request, which holds nothing but the fields that differ. */
    void apply(WebhookResource resource) throws ApiFailed;
}
