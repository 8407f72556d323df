package dev.sendstatus.provider;

import java.util.ArrayList;
import java.util.List;

/**
 * Something at a provider that has a webhook of its own, as it was found.
 *
 * @param kind the provider's word for it: {@code messaging profile}
 * @param name the operator's own name for it there; may be empty
 * @param settings those that matter, as they were found and may be printed
 * @param differences the settings that are not as they should be; empty if all is right
 * @param note for the operator; empty for none
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
