package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.app.Adapters;
import dev.sendstatus.webhooks.FakeBandwidthApi;
import dev.sendstatus.webhooks.FakeProviderApi;
import dev.sendstatus.webhooks.FakeTelnyxApi;
import dev.sendstatus.webhooks.FakeTwilioApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import okhttp3.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code webhooks check} and {@code apply} against the providers' APIs, with the providers' own bodies. */
class WebhooksCommandsTest {
    private static final String FRAGMENT = "#rc=5&rp=5xx,ct,rt&ct=2000&rt=2500";
    private static final String ENCODED_URL = "https%3A%2F%2Fstatus.example.com%2Fwebhooks%2Ftwilio%2Ftwilio"
            + "%23rc%3D5%26rp%3D5xx%2Cct%2Crt%26ct%3D2000%26rt%3D2500";

    @TempDir
    private Path home;

    private final List<FakeProviderApi> apis = new ArrayList<>();
    private final Map<String, String> environment =
            new HashMap<>(Map.of("SENDSTATUS_PUBLIC_URL", "https://status.example.com"));

    @AfterEach
    void stop() {
        apis.forEach(FakeProviderApi::close);
    }

    private CliRun run(String... arguments) {
        return CliRun.of(Adapters.all(), environment, home, arguments);
    }

    private FakeTelnyxApi telnyx() throws IOException {
        FakeTelnyxApi api = new FakeTelnyxApi();
        apis.add(api);
        environment.put("TELNYX_PUBLIC_KEY", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
        environment.put("TELNYX_API_KEY", "KEY_telnyx_secret");
        environment.put("TELNYX_API_BASE_URL", api.url());
        return api;
    }

    private FakeTwilioApi twilio() throws IOException {
        FakeTwilioApi api = new FakeTwilioApi();
        apis.add(api);
        environment.put("TWILIO_ACCOUNT_SID", FakeTwilioApi.SID);
        environment.put("TWILIO_AUTH_TOKEN", "twilio-token-secret");
        environment.put("TWILIO_API_BASE_URL", api.url());
        return api;
    }

    private FakeBandwidthApi bandwidth() throws IOException {
        FakeBandwidthApi api = new FakeBandwidthApi();
        apis.add(api);
        environment.put("BANDWIDTH_ACCOUNT_ID", "9900000");
        environment.put("BANDWIDTH_CALLBACK_USERNAME", "callback-user");
        environment.put("BANDWIDTH_CALLBACK_PASSWORD", "callback-password-secret");
        environment.put("BANDWIDTH_CLIENT_ID", "client");
        environment.put("BANDWIDTH_CLIENT_SECRET", "client-secret-secret");
        environment.put("BANDWIDTH_API_BASE_URL", api.url());
        return api;
    }

    /** By the last characters of a resource's id, its reasons with their fields. */
    private static Map<String, List<String>> reasons(CliRun run) throws IOException {
        JsonNode root = new ObjectMapper().readTree(run.out());
        Map<String, List<String>> reasons = new TreeMap<>();
        for (JsonNode account : root.path("items")) {
            for (JsonNode resource : account.path("resources")) {
                List<String> some = new ArrayList<>();
                resource.path("differences")
                        .forEach(difference -> some.add(difference.path("field").asText() + " "
                                + difference.path("reason").asText()));
                String id = resource.path("id").asText();
                reasons.put(resource.path("kind").asText() + " " + id.substring(id.length() - 2), some);
            }
        }
        return reasons;
    }

    private static void assertNoSecret(CliRun run) {
        assertThat(run.out() + run.err()).doesNotContain("secret", "s3cret", "pa55word", "rP1VamejkU2v0qIUxntqLW2c");
    }

    private void assertNoMessageWasTouched() {
        for (FakeProviderApi api : apis) {
            List<String> all = new ArrayList<>(api.reads());
            all.addAll(api.changes());
            assertThat(all).noneMatch(request -> request.contains("/messages") || request.contains("/Messages"));
        }
    }

    @Test
    void eachMisconfiguredProfileOfTelnyxIsNamedWithItsReason() throws IOException {
        FakeTelnyxApi api = telnyx();
        CliRun run = run("webhooks", "check", "--json");
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(reasons(run))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "messaging profile 01",
                        List.of(),
                        "messaging profile 02",
                        List.of("webhook_url nothing_set"),
                        "messaging profile 03",
                        List.of("webhook_url other_url"),
                        "messaging profile 04",
                        List.of("webhook_url not_https"),
                        "messaging profile 05",
                        List.of("webhook_api_version api_version_1"),
                        "messaging profile 06",
                        List.of("webhook_url not_https", "webhook_api_version other_api_version")));
        assertThat(api.reads()).hasSize(2);
        assertThat(api.changes()).isEmpty();
        assertNoSecret(run);
    }

    static Stream<Arguments> urlsInBlanks() {
        String url = "https://status.example.com/webhooks/";
        return Stream.of(
                Arguments.of("telnyx", " " + url + "telnyx", "\" " + url + "telnyx\""),
                Arguments.of("telnyx", url + "telnyx/telnyx ", "\"" + url + "telnyx/telnyx \""),
                Arguments.of("telnyx", url + "telnyx\n", url + "telnyx<U+000A>"),
                Arguments.of("telnyx", url + "telnyx\t", url + "telnyx<U+0009>"),
                Arguments.of("twilio", url + "twilio" + FRAGMENT + " ", "\"" + url + "twilio" + FRAGMENT + " \""),
                Arguments.of("twilio", url + "twilio\u3000", url + "twilio<U+3000>"),
                Arguments.of("twilio", url + "twilio\u00a0", url + "twilio<U+00A0>"),
                Arguments.of("bandwidth", url + "bandwidth ", "\"" + url + "bandwidth \""),
                Arguments.of("bandwidth", "\n" + url + "bandwidth", "<U+000A>" + url + "bandwidth"),
                Arguments.of("bandwidth", " ", "\" \""));
    }

    @ParameterizedTest
    @MethodSource("urlsInBlanks")
    void blanksAroundAUrlAreADifferenceThatAPersonSeesAndApplyTakesAway(String provider, String url, String shown)
            throws Exception {
        FakeProviderApi api;
        String id;
        switch (provider) {
            case "telnyx" -> {
                api = telnyx();
                id = "3fa85f64-5717-4562-b3fc-2c963f66a001";
                change(
                        api,
                        "PATCH",
                        "/v2/messaging_profiles/" + id,
                        "Bearer KEY_telnyx_secret",
                        "{\"webhook_url\":" + new ObjectMapper().writeValueAsString(url) + "}");
            }
            case "twilio" -> {
                api = twilio();
                id = "MG00000000000000000000000000000001";
                change(
                        api,
                        "POST",
                        "/v1/Services/" + id,
                        Credentials.basic(FakeTwilioApi.SID, "twilio-token-secret"),
                        "StatusCallback=" + URLEncoder.encode(url, StandardCharsets.UTF_8));
            }
            default -> {
                api = bandwidth();
                id = "e5a9e103-097e-4ec4-87a0-50109fb70001";
                change(
                        api,
                        "PATCH",
                        "/api/accounts/9900000/applications/" + id,
                        "Bearer eyJraWQiOiJ0b2tlbiJ9.e30.c2ln",
                        "<Application><OutboundCallbackUrl>" + url + "</OutboundCallbackUrl></Application>");
            }
        }
        CliRun check = run("webhooks", "check", "--only", id);
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out()).contains(shown).contains("0 right, 1 not.");
        assertThat(run("webhooks", "check", "--json", "--only", id).out())
                .as("a program gets what is there")
                .contains("\"found\" : " + new ObjectMapper().writeValueAsString(url));
        assertThat(run("webhooks", "apply", "--yes", "--only", id).code()).isZero();
        assertThat(run("webhooks", "check", "--only", id).out()).contains("1 right, 0 not.");
    }

    private static void change(FakeProviderApi api, String method, String path, String authorization, String body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api.url() + path))
                .header("Authorization", authorization)
                .method(method, BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aUserNameWithABlankIsAnotherOneAndOursIsNotShown() throws Exception {
        FakeBandwidthApi api = bandwidth();
        String id = "e5a9e103-097e-4ec4-87a0-50109fb70001";
        change(
                api,
                "PATCH",
                "/api/accounts/9900000/applications/" + id,
                "Bearer eyJraWQiOiJ0b2tlbiJ9.e30.c2ln",
                "<Application><OutboundCallbackCreds><UserId>callback-user </UserId></OutboundCallbackCreds></Application>");
        CliRun check = run("webhooks", "check", "--only", id);
        assertThat(check.out())
                .contains("\"callback-user \"", "another user name")
                .doesNotContain(" callback-user ");
        assertThat(run("webhooks", "apply", "--yes", "--only", id).code()).isZero();
        assertThat(run("webhooks", "check", "--only", id).code()).isZero();
    }

    @Test
    void eachProfileOfTelnyxIsMendedByOneRequestWithTheFieldsThatDifferAndASecondApplyChangesNothing()
            throws IOException {
        FakeTelnyxApi api = telnyx();
        CliRun run = run("webhooks", "apply", "--yes");
        assertThat(run.code()).as(run.err()).isZero();
        String url = "\"webhook_url\":\"https://status.example.com/webhooks/telnyx/telnyx\"";
        String path = "PATCH /v2/messaging_profiles/3fa85f64-5717-4562-b3fc-2c963f66a00";
        assertThat(api.changes())
                .containsExactly(
                        path + "2 {" + url + "}",
                        path + "3 {" + url + "}",
                        path + "4 {" + url + "}",
                        path + "5 {\"webhook_api_version\":\"2\"}",
                        path + "6 {" + url + ",\"webhook_api_version\":\"2\"}");
        assertNoSecret(run);

        CliRun again = run("webhooks", "apply", "--yes");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("Nothing to change.");
        assertThat(api.changes()).hasSize(5);
        assertThat(run("webhooks", "check").code()).isZero();
        assertNoMessageWasTouched();
    }

    @Test
    void versionOneIsRightWhereOnlyAProfilesSecretIsConfiguredAndVersionTwoIsNot() throws IOException {
        FakeTelnyxApi api = telnyx();
        environment.remove("TELNYX_PUBLIC_KEY");
        environment.put("TELNYX_V1_SECRET", "v1-secret");
        CliRun run = run("webhooks", "check", "--json");
        assertThat(reasons(run))
                .containsEntry("messaging profile 05", List.of())
                .containsEntry("messaging profile 01", List.of("webhook_api_version key_missing_here"));
        run("webhooks", "apply", "--yes");
        assertThat(api.changes()).isNotEmpty().noneMatch(change -> change.contains("webhook_api_version"));
    }

    @Test
    void servicesAndApplicationsOfTwilioAreMendedWithTheirRetriesAndNothingElseIsTouched() throws IOException {
        FakeTwilioApi api = twilio();
        assertThat(reasons(run("webhooks", "check", "--json")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "messaging service 01",
                        List.of(),
                        "messaging service 02",
                        List.of("StatusCallback nothing_set"),
                        "messaging service 03",
                        List.of("StatusCallback retries_missing"),
                        "messaging service 04",
                        List.of("StatusCallback not_https"),
                        "messaging service 05",
                        List.of("StatusCallback other_url"),
                        "messaging service 06",
                        List.of(),
                        "application 01",
                        List.of("MessageStatusCallback nothing_set"),
                        "application 02",
                        List.of()));
        assertThat(run("webhooks", "apply", "--yes").code()).isZero();
        String service = "POST /v1/Services/MG0000000000000000000000000000000";
        assertThat(api.changes())
                .containsExactly(
                        service + "2 StatusCallback=" + ENCODED_URL,
                        service + "3 StatusCallback=" + ENCODED_URL,
                        service + "4 StatusCallback=" + ENCODED_URL,
                        service + "5 StatusCallback=" + ENCODED_URL,
                        "POST /2010-04-01/Accounts/" + FakeTwilioApi.SID
                                + "/Applications/AP00000000000000000000000000000001.json MessageStatusCallback="
                                + ENCODED_URL);
        CliRun again = run("webhooks", "apply", "--yes");
        assertThat(again.code()).isZero();
        assertThat(api.changes()).hasSize(5);
        assertThat(run("webhooks", "check").out()).contains(FRAGMENT).contains("8 right, 0 not.");
        assertNoMessageWasTouched();
    }

    @Test
    void applicationsOfBandwidthAreMendedInXmlWithUserAndPasswordTogether() throws IOException {
        FakeBandwidthApi api = bandwidth();
        CliRun check = run("webhooks", "check", "--json");
        assertThat(reasons(check))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "application 01",
                        List.of(),
                        "application 02",
                        List.of(
                                "OutboundCallbackUrl nothing_set",
                                "OutboundCallbackCreds credentials_not_set",
                                "RequestedCallbackTypes callback_type_off"),
                        "application 03",
                        List.of("OutboundCallbackUrl not_https", "OutboundCallbackCreds credentials_not_set"),
                        "application 04",
                        List.of("OutboundCallbackCreds other_credentials"),
                        "application 05",
                        List.of("RequestedCallbackTypes callback_type_off"),
                        "application 06",
                        List.of("OutboundCallbackUrl other_url")));
        assertNoSecret(check);
        CliRun run = run("webhooks", "apply", "--yes");
        assertThat(run.code()).as(run.err()).isZero();
        assertNoSecret(run);
        String path = "PATCH /api/accounts/9900000/applications/e5a9e103-097e-4ec4-87a0-50109fb7000";
        assertThat(api.changes()).hasSize(5);
        assertThat(api.changes().get(2))
                .isEqualTo(path + "4 <Application><OutboundCallbackCreds><UserId>callback-user</UserId>"
                        + "<Password>callback-password-secret</Password></OutboundCallbackCreds></Application>");
        assertThat(api.changes().get(3))
                .isEqualTo(
                        path + "5 <Application><RequestedCallbackTypes><CallbackType>message-delivered</CallbackType>"
                                + "<CallbackType>message-failed</CallbackType><CallbackType>message-sending</CallbackType>"
                                + "</RequestedCallbackTypes></Application>");
        assertThat(api.changes().get(4))
                .isEqualTo(path
                        + "6 <Application><OutboundCallbackUrl>https://status.example.com/webhooks/bandwidth/bandwidth"
                        + "</OutboundCallbackUrl></Application>");
        assertThat(run("webhooks", "apply", "--yes").out()).contains("Nothing to change.");
        assertThat(api.changes()).hasSize(5);
        assertNoMessageWasTouched();
    }

    @Test
    void xmlThatNamesAnEntityElsewhereIsRefusedAndTheEntityIsNotFetched() throws IOException {
        FakeBandwidthApi api = bandwidth();
        api.answerWith("webhook-external-entity.xml");
        CliRun run = run("webhooks", "check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("declares a document type, which is refused");
        assertThat(api.reads()).noneMatch(request -> request.contains("outside"));
    }

    @Test
    void aDryRunShowsThePlanAndChangesNothing() throws IOException {
        FakeTelnyxApi api = telnyx();
        CliRun run = run("webhooks", "apply", "--dry-run");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("HTTP instead of HTTPS").contains("5 changes. Nothing was done.");
        assertThat(api.changes()).isEmpty();
        assertNoSecret(run);
    }

    @Test
    void whereNobodyCanBeAskedItIsNotDoneWithoutYes() throws IOException {
        FakeTelnyxApi api = telnyx();
        CliRun run = run("webhooks", "apply");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--yes");
        assertThat(api.changes()).isEmpty();
    }

    @Test
    void atATerminalThePersonDecides() throws IOException {
        FakeTelnyxApi api = telnyx();
        List<String> questions = new ArrayList<>();
        assertThat(asked(Confirmation.Reply.NO, questions)).isEqualTo(1);
        assertThat(api.changes()).isEmpty();
        assertThat(asked(Confirmation.Reply.YES, questions)).isZero();
        assertThat(api.changes()).hasSize(5);
        assertThat(asked(Confirmation.Reply.NO, questions)).isZero();
        assertThat(questions).containsExactly("Make these 5 changes?", "Make these 5 changes?");
    }

    private int asked(Confirmation.Reply reply, List<String> questions) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        CliContext context = new CliContext(
                Adapters.all(),
                environment,
                "sendstatus",
                home,
                home,
                System.in,
                nowhere,
                nowhere,
                Clock.systemUTC(),
                CliContext.Terminal.NONE,
                (err, question) -> {
                    questions.add(question);
                    return reply;
                });
        return Cli.run(context, "webhooks", "apply");
    }

    @Test
    void aUrlThatOnlyThisMachineKnowsIsNotGivenToAProvider() throws IOException {
        FakeTelnyxApi api = telnyx();
        environment.remove("SENDSTATUS_PUBLIC_URL");
        CliRun run = run("webhooks", "apply", "--yes");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("SENDSTATUS_PUBLIC_URL");
        assertThat(api.changes()).isEmpty();
    }

    @Test
    void aUrlThatOnlyThisMachineKnowsIsWarnedOf() throws IOException {
        String warning =
                "http.public-url is http://localhost:8080, which no provider can reach: set SENDSTATUS_PUBLIC_URL";
        telnyx();
        assertThat(run("webhooks", "list").out()).doesNotContain("WARNING");
        assertThat(run("config", "check").out()).doesNotContain("Warning: ");
        environment.remove("SENDSTATUS_PUBLIC_URL");
        assertThat(run("webhooks", "list").out()).contains("WARNING  " + warning);
        assertThat(run("config", "check").out()).contains("Warning: " + warning);
        environment.remove("TELNYX_PUBLIC_KEY");
        assertThat(run("webhooks", "list").out()).doesNotContain("WARNING");
    }

    @Test
    void onlyWhatIsNamedIsChanged() throws IOException {
        FakeTelnyxApi api = telnyx();
        String id = "3fa85f64-5717-4562-b3fc-2c963f66a004";
        assertThat(run("webhooks", "apply", "--yes", "--only", id).code()).isZero();
        assertThat(api.changes()).hasSize(1).allMatch(change -> change.contains(id));
        assertThat(run("webhooks", "apply", "--yes", "--only", "no-such-id").code())
                .isEqualTo(1);
    }

    @Test
    void aCallThatIsTurnedAwayIsMadeAgain() throws IOException {
        FakeTelnyxApi api = telnyx();
        api.turnAway(2);
        assertThat(reasons(run("webhooks", "check", "--json"))).hasSize(6);
    }

    @Test
    void refusedCredentialsAreToldWithTheSettingToLookAtAndOtherAccountsAreStillRead() throws IOException {
        telnyx().refuse(401);
        twilio();
        CliRun run = run("webhooks", "check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("telnyx/telnyx: credentials refused")
                .contains("api-key")
                .doesNotContain("the body of a refusal");
        assertThat(run.out()).contains("messaging service");
        assertNoSecret(run);
    }

    @Test
    void anAccountWithoutAnApiKeySaysWhichVariableIsMissing() throws IOException {
        telnyx();
        environment.remove("TELNYX_API_KEY");
        CliRun run = run("webhooks", "check");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("TELNYX_API_KEY");
    }
}
