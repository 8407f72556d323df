package dev.sendstatus.provider.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookDifference;
import dev.sendstatus.provider.WebhookDifference.Reason;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.WebhookResource.Setting;
import dev.sendstatus.provider.WebhookUrl;
import dev.sendstatus.provider.rest.PoliteCalls;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The messaging profiles of an account: {@code docs/providers/telnyx.md}, Set-up. */
final class TelnyxWebhookApi implements WebhookApi {
    private static final String URL = "webhook_url";
    private static final String FAILOVER_URL = "webhook_failover_url";
    private static final String VERSION = "webhook_api_version";
    private static final String PAGE = "page[number]";

    private final HttpUrl profiles;
    private final boolean verifiesVersion2;
    private final PoliteCalls calls;

    /** @throws ApiFailed without an API key */
    TelnyxWebhookApi(TelnyxKeys keys, ApiSettings api) throws ApiFailed {
        if (keys.api() == null) {
            throw new ApiFailed(
                    "no api-key is configured: set TELNYX_API_KEY, or api-key of the account (portal, Keys &"
                            + " Credentials, API Keys)");
        }
        this.profiles = api.url(TelnyxLookup.API, "v2/messaging_profiles");
        this.verifiesVersion2 = !keys.publicKeys().isEmpty();
        this.calls =
                new PoliteCalls(api, keys.api(), "api-key of the account (portal, Keys & Credentials, API Keys: KEY…)");
    }

    @Override
    public List<WebhookResource> resources(WebhookUrl wanted) throws ApiFailed {
        HttpUrl first = ApiSettings.with(profiles, PAGE, "1", "page[size]", "100");
        return calls.list(first, "data", "id", TelnyxWebhookApi::after).stream()
                .map(profile -> resource(profile, wanted))
                .toList();
    }

    private static @Nullable HttpUrl after(JsonNode page, HttpUrl url, int listed) throws ApiFailed {
        JsonNode meta = page.path("meta");
        int number = Integer.parseInt(String.valueOf(url.queryParameter(PAGE)));
        if (number < meta.path("total_pages").asInt(1)) {
            return ApiSettings.with(url, PAGE, Integer.toString(number + 1));
        }
        int total = meta.path("total_results").asInt(0);
        if (listed < total) {
            throw PoliteCalls.incomplete(url, "it says that there are " + total + ", and listed " + listed);
        }
        return null;
    }

    private WebhookResource resource(JsonNode profile, WebhookUrl wanted) {
        String url = JsonFields.value(profile, URL);
        String version = JsonFields.value(profile, VERSION);
        List<WebhookDifference> differences = new ArrayList<>();
        wanted.difference(URL, url).ifPresent(differences::add);
        // An account that only has a profile's secret verifies version 1, and would refuse version 2.
        if (verifiesVersion2 != version.equals("2")) {
            Reason reason = !verifiesVersion2
                    ? Reason.KEY_MISSING_HERE
                    : version.equals("1") ? Reason.API_VERSION_1 : Reason.OTHER_API_VERSION;
            differences.add(new WebhookDifference(reason, VERSION, version, "2"));
        }
        return new WebhookResource(
                "messaging profile",
                JsonFields.value(profile, "id"),
                JsonFields.value(profile, "name"),
                List.of(
                        new Setting(URL, WebhookUrl.shown(url)),
                        new Setting(FAILOVER_URL, WebhookUrl.shown(JsonFields.value(profile, FAILOVER_URL))),
                        new Setting(VERSION, version)),
                differences,
                note(profile));
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
        calls.patch(profiles.newBuilder().addPathSegment(resource.id()).build(), resource);
    }
}
