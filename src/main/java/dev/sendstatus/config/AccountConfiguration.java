package dev.sendstatus.config;

import dev.sendstatus.event.AccountName;
import java.net.URI;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One account that is on.
 *
 * @param verify false only where the operator switched the check of signatures off
 * @param apiBaseUrl where the provider's API is; null for the provider's own
 * @param values what the provider's adapter makes keys of; its keys() takes them without a mistake
 */
public record AccountConfiguration(
        AccountName name, boolean verify, @Nullable URI apiBaseUrl, Map<String, String> values) {

    public AccountConfiguration {
        values = Map.copyOf(values);
    }

    /** The keys that are set, without what they are set to: most are secrets. */
    @Override
    public String toString() {
        return "AccountConfiguration[name=" + name + ", verify=" + verify + ", apiBaseUrl=" + apiBaseUrl
                + ", values of " + new TreeSet<>(values.keySet()) + "]";
    }
}
