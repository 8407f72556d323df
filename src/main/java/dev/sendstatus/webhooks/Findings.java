package dev.sendstatus.webhooks;

import dev.sendstatus.provider.WebhookResource;
import java.util.List;

/**
 * The resources that were found at one account's provider.
 *
 * @param resources empty where it could not be read, and where there are none
 * @param failure why it could not be read; empty if it was
 */
public record Findings(CheckedAccount account, List<WebhookResource> resources, String failure) {
    public Findings {
        resources = List.copyOf(resources);
    }

    /** Whether it was read, there is something, and nothing of it differs. */
    public boolean right() {
        return failure.isEmpty() && resources.stream().allMatch(WebhookResource::right);
    }

    /** The resources that {@code apply} would change. */
    public List<WebhookResource> plan() {
        return resources.stream()
                .filter(resource -> !resource.mendable().isEmpty())
                .toList();
    }
}
