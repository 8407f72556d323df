package dev.sendstatus.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import okhttp3.Credentials;
import okhttp3.Headers;

/** {@code /v1/Services}, on two pages, and the TwiML applications. */
public final class FakeTwilioApi extends FakeProviderApi {
    public static final String SID = "AC00000000000000000000000000000001";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APPLICATIONS = "/2010-04-01/Accounts/" + SID + "/Applications";
    private static final Map<String, String> KEYS =
            Map.of("StatusCallback", "status_callback", "MessageStatusCallback", "message_status_callback");

    private final List<JsonNode> services;
    private final JsonNode applications;

    public FakeTwilioApi() throws IOException {
        services = List.of(
                JSON.readTree(resource("twilio/api/webhook-services-1.json")),
                JSON.readTree(resource("twilio/api/webhook-services-2.json")));
        applications = JSON.readTree(resource("twilio/api/webhook-applications.json"));
    }

    @Override
    protected MockResponse answer(String method, String path, String target, String body, Headers headers) {
        if (!Credentials.basic(SID, "twilio-token-secret").equals(headers.get("Authorization"))) {
            return status(401);
        }
        if (method.equals("GET") && path.equals("/v1/Services")) {
            return ok(
                    "application/json",
                    services.get(target.contains("Page=1") ? 1 : 0).toString());
        }
        if (method.equals("GET") && path.equals(APPLICATIONS + ".json")) {
            return ok("application/json", applications.toString());
        }
        if (method.equals("POST") && path.startsWith("/v1/Services/")) {
            for (JsonNode page : services) {
                set(page.path("services"), path.substring("/v1/Services/".length()), body);
            }
            return ok("application/json", "{}");
        }
        if (method.equals("POST") && path.startsWith(APPLICATIONS + "/")) {
            String file = path.substring(APPLICATIONS.length() + 1);
            set(applications.path("applications"), file.replace(".json", ""), body);
            return ok("application/json", "{}");
        }
        return status(404);
    }

    private static void set(JsonNode list, String sid, String form) {
        for (JsonNode one : list) {
            if (one.path("sid").asText().equals(sid)) {
                for (String pair : form.split("&")) {
                    String[] parts = pair.split("=", 2);
                    ((ObjectNode) one).put(KEYS.get(parts[0]), URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
                }
            }
        }
    }
}
