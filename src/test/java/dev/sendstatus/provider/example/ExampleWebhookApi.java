package dev.sendstatus.provider.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.WebhookResource.Setting;
import dev.sendstatus.provider.WebhookUrl;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.PoliteCalls;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The webhooks of an account, which have one URL each. */
final class ExampleWebhookApi implements WebhookApi {
    private static final String URL = "url";

    private final ApiSettings api;
    private final PoliteCalls calls;

    ExampleWebhookApi(ApiCredentials key, ApiSettings api) {
        this.api = api;
        this.calls = new PoliteCalls(api, key, "api-key of the account (console, API: key-…)");
    }

    @Override
    public List<WebhookResource> resources(WebhookUrl wanted) throws ApiFailed {
        return calls.list(webhooks(), "webhooks", "id", (page, url, listed) -> after(page)).stream()
                .map(webhook -> resource(webhook, wanted))
                .toList();
    }

    private HttpUrl webhooks(String... id) {
        return api.url(ExampleAdapter.API, "v1/webhooks", id);
    }

    private @Nullable HttpUrl after(JsonNode page) {
        String next = JsonFields.text(page, "next");
        return next == null ? null : ApiSettings.with(webhooks(), "page", next);
    }

    private static WebhookResource resource(JsonNode webhook, WebhookUrl wanted) {
        String url = JsonFields.value(webhook, URL);
        return new WebhookResource(
                "webhook",
                JsonFields.value(webhook, "id"),
                JsonFields.value(webhook, "name"),
                List.of(new Setting(URL, WebhookUrl.shown(url))),
                wanted.difference(URL, url).stream().toList(),
                "");
    }

    @Override
    public void apply(WebhookResource resource) throws ApiFailed {
        calls.patch(webhooks(resource.id()), resource);
    }
}
