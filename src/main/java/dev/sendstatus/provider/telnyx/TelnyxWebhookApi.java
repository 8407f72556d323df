package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.provider.ApiFailed;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.PageWalk;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookDifference;
import dev.sendstatus.provider.WebhookDifference.Reason;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.WebhookResource.Setting;
import dev.sendstatus.provider.WebhookUrl;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.JsonBody;
import dev.sendstatus.provider.rest.PoliteCalls;
import dev.sendstatus.provider.rest.RestClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** The messaging profiles of an account: {@code docs/providers/telnyx.md}, Set-up. */
final class TelnyxWebhookApi implements WebhookApi {
    private static final String URL = "webhook_url";
    private static final String FAILOVER_URL = "webhook_failover_url";
    private static final String VERSION = "webhook_api_version";
    private static final String REMEDY = "api-key of the account (portal, Keys & Credentials, API Keys: KEY…)";
    private static final String PAGE_SIZE = "100";

    private final HttpUrl base;
    private final ApiCredentials credentials;
    private final boolean verifiesVersion2;
    private final PoliteCalls calls;

    /** @throws ApiFailed without an API key */
    TelnyxWebhookApi(TelnyxKeys keys, ApiSettings api) throws ApiFailed {
        if (keys.apiKey() == null) {
            throw new ApiFailed(
                    "no api-key is configured: set TELNYX_API_KEY, or api-key of the account (portal, Keys &"
                            + " Credentials, API Keys)");
        }
        this.base = api.base(TelnyxLookup.API);
        this.credentials = ApiCredentials.bearer(keys.apiKey());
        this.verifiesVersion2 = !keys.publicKeys().isEmpty();
        this.calls = new PoliteCalls(api);
    }

    @Override
    public List<WebhookResource> resources(WebhookUrl wanted) throws ApiFailed {
        List<WebhookResource> profiles = new ArrayList<>();
        PageWalk walk = new PageWalk();
        for (int number = 1; ; number++) {
            HttpUrl page = profiles()
                    .addQueryParameter("page[number]", Integer.toString(number))
                    .addQueryParameter("page[size]", PAGE_SIZE)
                    .build();
            JsonNode root = JsonBody.read(calls.get(page, credentials, REMEDY), page.host());
            for (JsonNode profile : root.path("data")) {
                profiles.add(resource(profile, wanted));
            }
            JsonNode meta = root.path("meta");
            boolean last = number >= meta.path("total_pages").asInt(1);
            String obstacle = walk.obstacle(
                    last ? null : Integer.toString(number + 1),
                    root.path("data").findValuesAsText("id"));
            if (obstacle == null
                    && last
                    && profiles.size() < meta.path("total_results").asInt(0)) {
                obstacle = "it says that there are "
                        + meta.path("total_results").asInt() + ", and listed " + profiles.size();
            }
            if (obstacle != null) {
                throw new ApiFailed(page.host() + " did not list all messaging profiles: " + obstacle);
            }
            if (last) {
                break;
            }
        }
        profiles.sort(Comparator.comparing(WebhookResource::id));
        return profiles;
    }

    private HttpUrl.Builder profiles() {
        return base.newBuilder().addPathSegments("v2/messaging_profiles");
    }

    private WebhookResource resource(JsonNode profile, WebhookUrl wanted) {
        String url = JsonBody.text(profile, URL);
        String version = JsonBody.text(profile, VERSION);
        List<WebhookDifference> differences = new ArrayList<>();
        wanted.difference(URL, url).ifPresent(differences::add);
        version(version).ifPresent(differences::add);
        return new WebhookResource(
                "messaging profile",
                JsonBody.text(profile, "id"),
                JsonBody.text(profile, "name"),
                List.of(
                        new Setting(URL, WebhookUrl.shown(url)),
                        new Setting(FAILOVER_URL, WebhookUrl.shown(JsonBody.text(profile, FAILOVER_URL))),
                        new Setting(VERSION, version)),
                differences,
                note(profile));
    }

    /** An account that only has a profile's secret verifies version 1, and would refuse version 2. */
    private Optional<WebhookDifference> version(String found) {
        boolean two = found.equals("2");
        if (verifiesVersion2) {
            Reason reason = found.equals("1") ? Reason.API_VERSION_1 : Reason.OTHER_API_VERSION;
            return two ? Optional.empty() : Optional.of(new WebhookDifference(reason, VERSION, found, "2"));
        }
        return two
                ? Optional.of(new WebhookDifference(Reason.KEY_MISSING_HERE, VERSION, found, "2"))
                : Optional.empty();
    }

    private static String note(JsonNode profile) {
        if (!profile.path("enabled").asBoolean(true)) {
            return "the profile is disabled: it sends nothing";
        }
        JsonNode destinations = profile.path("whitelisted_destinations");
        return destinations.isArray() && destinations.isEmpty()
                ? "no allowed destinations: Telnyx may refuse a change until the portal has some"
                : "";
    }

    @Override
    public void apply(WebhookResource resource) throws ApiFailed {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        resource.mendable().forEach(difference -> change.put(difference.field(), difference.wanted()));
        calls.call(
                "PATCH",
                profiles().addPathSegment(resource.id()).build(),
                credentials,
                new RestClient.Content("application/json", change.toString().getBytes(StandardCharsets.UTF_8)),
                REMEDY);
    }
}
