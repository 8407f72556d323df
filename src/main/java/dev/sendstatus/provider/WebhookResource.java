package dev.sendstatus.provider;

import java.util.ArrayList;
import java.util.List;

/**
 * Something at a provider that has a webhook of its own, as it was found.
 *
 * @param kind the provider's word for it: {@code messaging profile}
 * @param name what the operator called it there; may be empty
 * @param settings those that matter, with what was found, as it may be printed
 * @param differences what is not as it should be; empty if all is right
 * @param note what else an operator should know; empty for nothing
 */
public record WebhookResource(
        String kind, String id, String name, List<Setting> settings, List<WebhookDifference> differences, String note) {

    /** @param value empty if nothing is set */
    public record Setting(String field, String value) {}

    public WebhookResource {
        settings = List.copyOf(settings);
        differences = List.copyOf(differences);
    }

    public boolean right() {
        return differences.isEmpty();
    }

    /** The differences that the provider's API can mend. */
    public List<WebhookDifference> mendable() {
        List<WebhookDifference> mendable = new ArrayList<>(differences);
        mendable.removeIf(difference -> !difference.reason().mendable());
        return mendable;
    }
}
