package dev.sendstatus.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import mockwebserver3.MockResponse;
import okhttp3.Headers;

/** {@code /v2/messaging_profiles}, on two pages. */
public final class FakeTelnyxApi extends FakeProviderApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROFILES = "/v2/messaging_profiles";

    private final List<JsonNode> pages;

    public FakeTelnyxApi() throws IOException {
        pages = List.of(
                JSON.readTree(resource("telnyx/api/webhook-profiles-1.json")),
                JSON.readTree(resource("telnyx/api/webhook-profiles-2.json")));
    }

    @Override
    protected MockResponse answer(String method, String path, String target, String body, Headers headers) {
        if (!"Bearer KEY_telnyx_secret".equals(headers.get("Authorization"))) {
            return status(401);
        }
        if (method.equals("GET") && path.equals(PROFILES)) {
            boolean second = target.contains("number%5D=2") || target.contains("number]=2");
            return ok("application/json", pages.get(second ? 1 : 0).toString());
        }
        if (method.equals("PATCH") && path.startsWith(PROFILES + "/")) {
            return patched(path.substring(PROFILES.length() + 1), body);
        }
        return status(404);
    }

    private MockResponse patched(String id, String body) {
        for (JsonNode page : pages) {
            for (JsonNode profile : page.path("data")) {
                if (profile.path("id").asText().equals(id)) {
                    try {
                        ((ObjectNode) profile).setAll((ObjectNode) JSON.readTree(body));
                    } catch (JsonProcessingException e) {
                        return status(400);
                    }
                    return ok("application/json", "{\"data\":" + profile + "}");
                }
            }
        }
        return status(404);
    }
}
