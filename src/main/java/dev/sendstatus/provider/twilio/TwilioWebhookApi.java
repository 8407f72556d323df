package dev.sendstatus.provider.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.ApiFailed;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.PageWalk;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookDifference;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.WebhookResource.Setting;
import dev.sendstatus.provider.WebhookUrl;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.JsonBody;
import dev.sendstatus.provider.rest.PoliteCalls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    private final HttpUrl api;
    private final HttpUrl messaging;
    private final String accountSid;
    private final ApiCredentials credentials;
    private final String remedy;
    private final PoliteCalls calls;

    TwilioWebhookApi(TwilioKeys keys, ApiSettings api) {
        this.api = api.base(TwilioLookup.API);
        this.messaging = api.base("https://messaging.twilio.com/");
        this.accountSid = keys.accountSid();
        this.credentials = keys.forApi();
        this.remedy = keys.apiKey() != null
                ? "api-key and api-key-secret (a key of this account, of type Main or with rights to messaging)"
                : "account-sid and auth-token (Console, Account Dashboard, Account Info)";
        this.calls = new PoliteCalls(api);
    }

    @Override
    public List<WebhookResource> resources(WebhookUrl wanted) throws ApiFailed {
        List<WebhookResource> resources = new ArrayList<>();
        for (JsonNode service : pages(services().build(), "services")) {
            resources.add(resource(SERVICE, service, SERVICE_FIELD, "status_callback", wanted));
        }
        for (JsonNode application : pages(applications().build(), "applications")) {
            resources.add(application(application, wanted));
        }
        resources.sort(Comparator.comparing(WebhookResource::kind).reversed().thenComparing(WebhookResource::id));
        return resources;
    }

    private HttpUrl.Builder services() {
        return messaging.newBuilder().addPathSegments("v1/Services");
    }

    private HttpUrl.Builder applications() {
        return account().addPathSegment("Applications.json");
    }

    private HttpUrl.Builder account() {
        return api.newBuilder().addPathSegments("2010-04-01/Accounts").addPathSegment(accountSid);
    }

    private List<JsonNode> pages(HttpUrl first, String key) throws ApiFailed {
        List<JsonNode> all = new ArrayList<>();
        PageWalk walk = new PageWalk();
        HttpUrl page = first.newBuilder().addQueryParameter("PageSize", "100").build();
        while (page != null) {
            JsonNode root = JsonBody.read(calls.get(page, credentials, remedy), page.host());
            root.path(key).forEach(all::add);
            HttpUrl next = next(root, page);
            String obstacle = walk.obstacle(
                    next == null ? null : next.toString(), root.path(key).findValuesAsText("sid"));
            if (obstacle != null) {
                throw new ApiFailed(page.host() + " did not list all " + key + ": " + obstacle);
            }
            page = next;
        }
        return all;
    }

    /** The old API gives a path, the new one a whole URL; only its path is taken, so that no other host gets the credentials. */
    private static @Nullable HttpUrl next(JsonNode root, HttpUrl page) {
        String next = JsonBody.text(root, "next_page_uri") + JsonBody.text(root.path("meta"), "next_page_url");
        HttpUrl resolved = next.isEmpty() ? null : page.resolve(next);
        return resolved == null
                ? null
                : page.newBuilder()
                        .encodedPath(resolved.encodedPath())
                        .encodedQuery(resolved.encodedQuery())
                        .build();
    }

    /** One that has nothing to do with messages is a telephone's: it needs no callback, and gets none. */
    private static WebhookResource application(JsonNode application, WebhookUrl wanted) {
        boolean forMessages =
                !JsonBody.text(application, "message_status_callback").isEmpty()
                        || !JsonBody.text(application, "sms_status_callback").isEmpty()
                        || !JsonBody.text(application, "sms_url").isEmpty();
        if (forMessages) {
            return resource(APPLICATION, application, APPLICATION_FIELD, "message_status_callback", wanted);
        }
        return new WebhookResource(
                APPLICATION,
                JsonBody.text(application, "sid"),
                JsonBody.text(application, "friendly_name"),
                List.of(new Setting(APPLICATION_FIELD, "")),
                List.of(),
                "has no messaging settings, so it is taken for one of voice and left alone");
    }

    private static WebhookResource resource(String kind, JsonNode found, String field, String key, WebhookUrl wanted) {
        String url = JsonBody.text(found, key);
        List<WebhookDifference> differences = new ArrayList<>();
        wanted.difference(field, url).ifPresent(differences::add);
        return new WebhookResource(
                kind,
                JsonBody.text(found, "sid"),
                JsonBody.text(found, "friendly_name"),
                List.of(new Setting(field, WebhookUrl.shown(url))),
                differences,
                "");
    }

    @Override
    public void apply(WebhookResource resource) throws ApiFailed {
        HttpUrl url = resource.kind().equals(SERVICE)
                ? services().addPathSegment(resource.id()).build()
                : account()
                        .addPathSegment("Applications")
                        .addPathSegment(resource.id() + ".json")
                        .build();
        List<String> form = new ArrayList<>();
        for (WebhookDifference difference : resource.mendable()) {
            form.add(difference.field());
            form.add(difference.wanted());
        }
        calls.call("POST", url, credentials, PoliteCalls.form(form.toArray(new String[0])), remedy);
    }
}
