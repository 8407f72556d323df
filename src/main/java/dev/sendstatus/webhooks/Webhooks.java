package dev.sendstatus.webhooks;

import dev.sendstatus.provider.ApiFailed;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the webhooks of all accounts, and mends them one after the other. One account's failure is no other's. One thread. */
public final class Webhooks {
    private final List<CheckedAccount> accounts;
    private final Set<String> only;

    /** @param only the ids of the resources to look at; empty for all */
    public Webhooks(List<CheckedAccount> accounts, Set<String> only) {
        this.accounts = List.copyOf(accounts);
        this.only = Set.copyOf(only);
    }

    /** Only reads. */
    public List<Findings> find() {
        List<Findings> found = new ArrayList<>();
        for (CheckedAccount account : accounts) {
            found.add(find(account));
        }
        return found;
    }

    private Findings find(CheckedAccount account) {
        WebhookApi api = account.api();
        if (api == null) {
            return new Findings(account, List.of(), account.why());
        }
        try {
            List<WebhookResource> resources = api.resources(account.wanted()).stream()
                    .filter(resource -> only.isEmpty() || only.contains(resource.id()))
                    .toList();
            return new Findings(account, resources, "");
        } catch (ApiFailed e) {
            return new Findings(account, List.of(), e.why());
        }
    }

    /** Makes one request for each resource that differs; what fails is told, and the others are mended all the same. */
    public static List<WebhookChange> apply(List<Findings> found) {
        List<WebhookChange> changes = new ArrayList<>();
        for (Findings findings : found) {
            WebhookApi api = findings.account().api();
            for (WebhookResource resource : findings.plan()) {
                changes.add(new WebhookChange(
                        findings.account().name(),
                        resource,
                        api == null ? findings.account().why() : failure(api, resource)));
            }
        }
        return changes;
    }

    private static String failure(WebhookApi api, WebhookResource resource) {
        try {
            api.apply(resource);
            return "";
        } catch (ApiFailed e) {
            return e.why();
        }
    }
}
