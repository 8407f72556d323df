package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.app.Adapters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists of the providers that lead in circles or have less than they say, in the providers' own bodies. */
class ProviderPagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MESSAGES =
            "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json?Page=";
    private static final String SERVICES = "https://messaging.twilio.com/v1/Services?PageSize=100&Page=";

    @TempDir
    private Path home;

    private final MockWebServer server = new MockWebServer();
    private final ConcurrentLinkedQueue<String> lists = new ConcurrentLinkedQueue<>();
    private IntFunction<JsonNode> pages = number -> JSON.createObjectNode();

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (request.getTarget().endsWith("/oauth2/token")) {
                    return json(fixture("bandwidth/api/token.json"));
                }
                if (request.getTarget().contains("/Applications.json")) {
                    return json(fixture("twilio/api/webhook-applications.json"));
                }
                lists.add(request.getTarget());
                return json(pages.apply(lists.size()));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static List<Arguments> lookups() {
        return List.of(
                Arguments.of(
                        "twilio",
                        "the next page is the page itself",
                        2,
                        "same page again",
                        pages(number -> twilio(MESSAGES + "0", "SM1", "SM2"))),
                Arguments.of(
                        "twilio",
                        "the pages lead in a circle",
                        3,
                        "leads back",
                        pages(number ->
                                number % 2 == 1 ? twilio(MESSAGES + "1", "SM1") : twilio(MESSAGES + "0", "SM2"))),
                Arguments.of("twilio", "a message has a status that nobody knows", 1, "teleported", pages(number -> {
                    ObjectNode body = twilio(null, "SM1", "SM2");
                    ((ObjectNode) body.at("/messages/1")).put("status", "teleported");
                    return body;
                })),
                Arguments.of(
                        "telnyx",
                        "the page number is not obeyed",
                        2,
                        "same page again",
                        pages(number -> telnyx(1, 3, 6, "m1", "m2"))),
                Arguments.of(
                        "telnyx",
                        "three in all, two given, no next page",
                        1,
                        "there are 3, and listed 2",
                        pages(number -> telnyx(1, 1, 3, "m1", "m2"))),
                Arguments.of(
                        "telnyx",
                        "the last page has less than is left",
                        2,
                        "there are 4, and listed 3",
                        pages(number -> number == 1 ? telnyx(1, 2, 4, "m1", "m2") : telnyx(2, 2, 4, "m3"))),
                Arguments.of(
                        "bandwidth",
                        "the token of the next page never changes",
                        2,
                        "same page again",
                        pages(number -> bandwidth(6, "again", "b1", "b2"))),
                Arguments.of(
                        "bandwidth",
                        "three in all, two given, no next page",
                        1,
                        "there are 3, and listed 2",
                        pages(number -> bandwidth(3, null, "b1", "b2"))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lookups")
    void aLookUpThatIsNotWholeEndsSaysSoAndIsAFailure(
            String provider, String name, int calls, String said, IntFunction<JsonNode> answers) {
        pages = answers;
        CliRun run = run("reconcile", "--window", "2026-11-25..2026-11-25", "--provider", provider);
        assertThat(run.err()).contains(said);
        assertThat(run.code()).isEqualTo(1);
        assertThat(lists).hasSize(calls);
    }

    @Test
    void aLookUpOfSeveralPagesThatIsWholeIsASuccess() {
        pages = number -> number == 1 ? telnyx(1, 2, 3, "m1", "m2") : telnyx(2, 2, 3, "m3");
        CliRun run = run("reconcile", "--window", "2026-11-25..2026-11-25", "--provider", "telnyx");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(lists).hasSize(2);
    }

    static List<Arguments> webhooks() {
        JsonNode services = fixture("twilio/api/webhook-services-1.json");
        JsonNode profiles = fixture("telnyx/api/webhook-profiles-1.json");
        return List.of(
                Arguments.of(
                        "twilio",
                        "the next page is the page itself",
                        2,
                        "same page again",
                        pages(number -> with(services, "next_page_url", SERVICES + "0"))),
                Arguments.of(
                        "telnyx", "the page number is not obeyed", 2, "same page again", pages(number -> profiles)),
                Arguments.of(
                        "telnyx",
                        "six in all, four given, no next page",
                        1,
                        "there are 6, and listed 4",
                        pages(number -> with(profiles, "total_pages", 1))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("webhooks")
    void aListOfWebhooksThatIsNotWholeEndsSaysSoAndIsAFailure(
            String provider, String name, int calls, String said, IntFunction<JsonNode> answers) {
        pages = answers;
        CliRun run = run("webhooks", "check", "--account", provider + "/" + provider);
        assertThat(run.out() + run.err()).contains("did not list all", said);
        assertThat(run.code()).isEqualTo(1);
        assertThat(lists).hasSize(calls);
    }

    private static IntFunction<JsonNode> pages(IntFunction<JsonNode> pages) {
        return pages;
    }

    private static ObjectNode with(JsonNode list, String key, Object value) {
        ObjectNode body = list.deepCopy();
        body.withObjectProperty("meta").putPOJO(key, value);
        return body;
    }

    private static ObjectNode twilio(@Nullable String next, String... ids) {
        ObjectNode body = JSON.createObjectNode();
        rows(body.putArray("messages"), "twilio/api/message.json", "sid", ids);
        body.put("next_page_uri", next);
        return body;
    }

    private static ObjectNode telnyx(int page, int pages, int total, String... ids) {
        ObjectNode body = JSON.createObjectNode();
        rows(body.putArray("data"), "telnyx/api/detail-record.json", "uuid", ids);
        body.putObject("meta")
                .put("page_number", page)
                .put("page_size", 50)
                .put("total_pages", pages)
                .put("total_results", total);
        return body;
    }

    private static ObjectNode bandwidth(int total, @Nullable String next, String... ids) {
        ObjectNode body = JSON.createObjectNode().put("totalCount", total);
        ObjectNode info = body.putObject("pageInfo");
        if (next != null) {
            info.put("nextPageToken", next);
        }
        ArrayNode rows = body.putArray("messages");
        for (String id : ids) {
            ObjectNode row = fixture("bandwidth/api/messages.json")
                    .withArrayProperty("messages")
                    .get(0)
                    .deepCopy();
            rows.add(row.put("messageId", id));
        }
        return body;
    }

    private static void rows(ArrayNode rows, String fixture, String key, String... ids) {
        for (String id : ids) {
            rows.add(fixture(fixture).put(key, id));
        }
    }

    private CliRun run(String... arguments) {
        String url = server.url("/").toString();
        Map<String, String> environment = new TreeMap<>();
        environment.put("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001");
        environment.put("TWILIO_AUTH_TOKEN", "00000000000000000000000000000001");
        environment.put("TWILIO_API_BASE_URL", url);
        environment.put("TELNYX_PUBLIC_KEY", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
        environment.put("TELNYX_API_KEY", "KEY_telnyx_secret");
        environment.put("TELNYX_API_BASE_URL", url);
        environment.put("BANDWIDTH_ACCOUNT_ID", "9900000");
        environment.put("BANDWIDTH_CALLBACK_USERNAME", "callback-user");
        environment.put("BANDWIDTH_CALLBACK_PASSWORD", "callback-password");
        environment.put("BANDWIDTH_CLIENT_ID", "client");
        environment.put("BANDWIDTH_CLIENT_SECRET", "client-secret");
        environment.put("BANDWIDTH_API_BASE_URL", url);
        environment.put("SENDSTATUS_DATABASE_URL", "jdbc:sqlite:" + home.resolve("test.db"));
        return CliRun.of(Adapters.all(), environment, home, arguments);
    }

    private static MockResponse json(JsonNode body) {
        return new MockResponse(200, Headers.of("Content-Type", "application/json"), body.toString());
    }

    private static ObjectNode fixture(String name) {
        try (InputStream file = ProviderPagesTest.class.getResourceAsStream("/provider/" + name)) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(file, name));
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
