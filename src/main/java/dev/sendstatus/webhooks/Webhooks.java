package dev.sendstatus.webhooks;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookApi.ApiFailed;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.WebhookUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the webhooks of all accounts, and mends them one after the other. One account's failure is no other's. One thread. */
public final class Webhooks {
    private final List<CheckedAccount> accounts;
    private final Set<String> only;

    /**
     * An account whose webhooks are to be looked at.
     *
     * @param api null where it cannot be used
     * @param why the reason why there is none; empty if there is one
     */
    public record CheckedAccount(
            AccountName name, WebhookUrl wanted, @Nullable WebhookApi api, String why) {}

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

        /** Whether it was read, and nothing of it differs. */
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

    /** One request that changed something, or was to. @param failure empty if it succeeded */
    public record WebhookChange(AccountName account, WebhookResource resource, String failure) {
        public boolean done() {
            return failure.isEmpty();
        }
    }

    /** @param only the ids of the resources to look at; empty for all */
    public Webhooks(List<CheckedAccount> accounts, Set<String> only) {
        this.accounts = List.copyOf(accounts);
        this.only = Set.copyOf(only);
    }

    /** Of every account, by provider and name. @param api how an account's provider is asked */
    public static List<CheckedAccount> accounts(
            List<ConfiguredProvider<?>> providers, URI publicUrl, Function<AccountName, ApiSettings> api) {
        List<CheckedAccount> accounts = new ArrayList<>();
        providers.forEach(provider -> add(provider, publicUrl, api, accounts));
        accounts.sort(Comparator.comparing(CheckedAccount::name));
        return accounts;
    }

    private static <K> void add(
            ConfiguredProvider<K> provider,
            URI publicUrl,
            Function<AccountName, ApiSettings> settings,
            List<CheckedAccount> accounts) {
        String word = provider.adapter().provider().word();
        String base = publicUrl + "/webhooks/" + word;
        String suffix = provider.adapter().setup().urlSuffix();
        for (Account<K> account : provider.accounts()) {
            AccountName name = account.name();
            WebhookUrl wanted = new WebhookUrl(base + "/" + name.name() + suffix, List.of(base + suffix));
            try {
                WebhookApi api = provider.adapter().webhooks(account, settings.apply(name));
                String why = api == null ? "the webhooks of " + word + " are set by hand only" : "";
                accounts.add(new CheckedAccount(name, wanted, api, why));
            } catch (ApiFailed e) {
                accounts.add(new CheckedAccount(name, wanted, null, e.why()));
            }
        }
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
                    .sorted(Comparator.comparing(WebhookResource::kind)
                            .reversed()
                            .thenComparing(WebhookResource::id))
                    .toList();
            return new Findings(account, resources, "");
        } catch (ApiFailed e) {
            return new Findings(account, List.of(), e.why());
        }
    }

    /** Makes one request for each resource that differs; a failure is told, and the others are mended all the same. */
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
