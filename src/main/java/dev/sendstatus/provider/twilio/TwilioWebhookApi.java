package dev.sendstatus.provider.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.WebhookResource.Setting;
import dev.sendstatus.provider.WebhookUrl;
import dev.sendstatus.provider.rest.PoliteCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The Messaging Services and TwiML applications of an account. A number has no status callback for messages, whatever its
 * field of that name says: {@code docs/providers/twilio.md}, Set-up.
 */
final class TwilioWebhookApi implements WebhookApi {
    private static final String SERVICE = "messaging service";
    private static final String APPLICATION = "application";
    private static final String SERVICE_FIELD = "StatusCallback";
    private static final String APPLICATION_FIELD = "MessageStatusCallback";

    private final TwilioKeys keys;
    private final ApiSettings api;
    private final PoliteCalls calls;

    TwilioWebhookApi(TwilioKeys keys, ApiSettings api) {
        this.keys = keys;
        this.api = api;
        this.calls = new PoliteCalls(
                api,
                keys.api(),
                keys.apiKey()
                        ? "api-key and api-key-secret (a key of this account, of type Main or with rights to messaging)"
                        : "account-sid and auth-token (Console, Account Dashboard, Account Info)");
    }

    private HttpUrl services(String... id) {
        return api.url("https://messaging.twilio.com/", "v1/Services", id);
    }

    @Override
    public List<WebhookResource> resources(WebhookUrl wanted) throws ApiFailed {
        List<WebhookResource> resources = new ArrayList<>();
        for (JsonNode service : list(services(), "services")) {
            resources.add(resource(SERVICE, service, SERVICE_FIELD, "status_callback", wanted));
        }
        for (JsonNode application : list(keys.resource(api, "Applications.json"), "applications")) {
            resources.add(application(application, wanted));
        }
        return resources;
    }

    private List<JsonNode> list(HttpUrl url, String entries) throws ApiFailed {
        HttpUrl first = ApiSettings.with(url, "PageSize", "100");
        return calls.list(first, entries, "sid", (page, at, listed) -> after(page, at));
    }

    /** The old API gives a path, the new one a whole URL; only its path is taken, so that no other host gets the credentials. */
    private static @Nullable HttpUrl after(JsonNode page, HttpUrl url) {
        String next = JsonFields.value(page, "next_page_uri") + JsonFields.value(page.path("meta"), "next_page_url");
        HttpUrl resolved = next.isEmpty() ? null : url.resolve(next);
        return resolved == null
                ? null
                : url.newBuilder()
                        .encodedPath(resolved.encodedPath())
                        .encodedQuery(resolved.encodedQuery())
                        .build();
    }

    /** One that has nothing to do with messages is a telephone's: it needs no callback, and gets none. */
    private static WebhookResource application(JsonNode application, WebhookUrl wanted) {
        if (Stream.of("message_status_callback", "sms_status_callback", "sms_url")
                .anyMatch(key -> !JsonFields.value(application, key).isEmpty())) {
            return resource(APPLICATION, application, APPLICATION_FIELD, "message_status_callback", wanted);
        }
        return new WebhookResource(
                APPLICATION,
                JsonFields.value(application, "sid"),
                JsonFields.value(application, "friendly_name"),
                List.of(new Setting(APPLICATION_FIELD, "")),
                List.of(),
                "has no messaging settings, so it is taken for one of voice and left alone");
    }

    private static WebhookResource resource(String kind, JsonNode found, String field, String key, WebhookUrl wanted) {
        String url = JsonFields.value(found, key);
        return new WebhookResource(
                kind,
                JsonFields.value(found, "sid"),
                JsonFields.value(found, "friendly_name"),
                List.of(new Setting(field, WebhookUrl.shown(url))),
                wanted.difference(field, url).stream().toList(),
                "");
    }

    @Override
    public void apply(WebhookResource resource) throws ApiFailed {
        HttpUrl url = resource.kind().equals(SERVICE)
                ? services(resource.id())
                : keys.resource(api, "Applications", resource.id() + ".json");
        FormBody.Builder form = new FormBody.Builder();
        resource.mendable().forEach(difference -> form.add(difference.field(), difference.wanted()));
        calls.call("POST", url, form.build());
    }
}
