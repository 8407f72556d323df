package dev.sendstatus.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.bandwidth.BandwidthAdapter;
import dev.sendstatus.provider.telnyx.TelnyxAdapter;
import dev.sendstatus.provider.twilio.TwilioAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each provider's API says becomes an event; how it is asked. */
class LookupBodiesTest {
    private static final LookupWindow WINDOW =
            new LookupWindow(Instant.parse("2026-11-25T06:00:00Z"), Instant.parse("2026-11-25T09:30:00.5Z"), false);
    private static final Map<String, String> TWILIO =
            Map.of("account-sid", "AC00000000000000000000000000000001", "auth-token", "token");
    private static final Map<String, String> BANDWIDTH = Map.of(
            "account-id", "9900000",
            "callback-username", "callback",
            "callback-password", "callback-secret",
            "client-id", "client",
            "client-secret", "secret");

    private final MockWebServer server = new MockWebServer();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void twiliosMessageIsReadWithItsPriceAsACost() throws Exception {
        DeliveryEvent event = one(lookup(new TwilioAdapter(), TWILIO), "SM1", body("twilio/api/message.json"));
        assertThat(event.progress()).isEqualTo(Progress.FAILED);
        assertThat(event.providerStatus()).isEqualTo("undelivered");
        assertThat(event.errorCode()).isEqualTo("30003");
        assertThat(event.segments()).isEqualTo(2);
        assertThat(event.cost()).isEqualTo(new Cost(new BigDecimal("0.01580"), "USD"));
        assertThat(event.sentAt()).isEqualTo("2023-08-24T05:01:46Z");
        assertThat(event.occurredAt()).isNull();
        assertThat(event.from()).isEqualTo("+12025550100");
        assertThat(event.recipient()).hasToString("+12025550123");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine())
                .startsWith("GET /2010-04-01/Accounts/AC00000000000000000000000000000001/Messages/SM1.json ");
        assertThat(request.getHeaders().get("Authorization"))
                .isEqualTo(okhttp3.Credentials.basic(Objects.requireNonNull(TWILIO.get("account-sid")), "token"));
    }

    @Test
    void twilioIsAskedWithTheApiKeyWhereThereIsOne() throws Exception {
        MessageLookup lookup = lookup(
                new TwilioAdapter(),
                Map.of(
                        "account-sid", "AC00000000000000000000000000000001",
                        "auth-token", "token",
                        "api-key", "SK1",
                        "api-key-secret", "key-secret"));
        server.enqueue(new MockResponse(404, Headers.of(), body("twilio/api/not-found.json")));
        assertThat(lookup.one("a/../b?c")).isInstanceOf(LookupAnswer.Missing.class);
        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo(okhttp3.Credentials.basic("SK1", "key-secret"));
        assertThat(request.getTarget())
                .isEqualTo("/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages/a%2F..%2Fb%3Fc.json");
    }

    @Test
    void twiliosNextPageIsNotFollowedToAnotherHost() throws Exception {
        MessageLookup lookup = lookup(new TwilioAdapter(), TWILIO);
        assertThat(lookup.list(WINDOW, "https://elsewhere.example.com/page")).isInstanceOf(LookupAnswer.Failed.class);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void twiliosListTakesTheTimeByTheSecond() throws Exception {
        server.enqueue(new MockResponse(200, Headers.of(), "{\"messages\": [], \"next_page_uri\": null}"));
        assertThat(lookup(new TwilioAdapter(), TWILIO).list(WINDOW, null)).isInstanceOf(LookupAnswer.Found.class);
        okhttp3.HttpUrl url = Objects.requireNonNull(server.takeRequest().getUrl());
        assertThat(url.queryParameter("DateSent>")).isEqualTo("2026-11-25T06:00:00Z");
        assertThat(url.queryParameter("DateSent<")).isEqualTo("2026-11-25T09:30:01Z");
        assertThat(url.queryParameter("PageSize")).isEqualTo("1000");
    }

    @Test
    void telnyxsMessageIsReadLikeTheCallbackThatCarriesIt() throws Exception {
        DeliveryEvent event = one(
                lookup(new TelnyxAdapter(), Map.of("v1-secret", "s", "api-key", "KEY1")),
                "40385f64",
                body("telnyx/api/message.json"));
        assertThat(event.progress()).isEqualTo(Progress.FAILED);
        assertThat(event.errorCode()).isEqualTo("40001");
        assertThat(event.cost()).isEqualTo(new Cost(new BigDecimal("0.0051"), "USD"));
        assertThat(event.carrier()).isEqualTo("T-MOBILE USA, INC.");
        assertThat(event.sentAt()).isEqualTo("2024-01-15T21:32:13.596Z");
        assertThat(event.occurredAt()).isEqualTo("2024-01-15T21:32:14.590Z");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).startsWith("GET /v2/messages/40385f64 ");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer KEY1");
    }

    @Test
    void telnyxsDetailRecordIsReadWithoutTheWebhooksStatus() throws Exception {
        String page = "{\"data\": [" + body("telnyx/api/detail-record.json")
                + "], \"meta\": {\"page_number\": 1, \"page_size\": 50, \"total_pages\": 3, \"total_results\": 101}}";
        server.enqueue(new MockResponse(200, Headers.of(), page));
        LookupAnswer answer = lookup(new TelnyxAdapter(), Map.of("v1-secret", "s", "api-key", "KEY1"))
                .list(WINDOW, null);
        assertThat(answer).isInstanceOf(LookupAnswer.Found.class);
        LookupAnswer.Found found = (LookupAnswer.Found) answer;
        assertThat(found.next()).isEqualTo("2");
        assertThat(found.total()).isEqualTo(101);
        DeliveryEvent event = found.events().get(0);
        assertThat(event.message().id()).isEqualTo("40385f64-5717-4562-b3fc-2c963f66afa6");
        assertThat(event.providerStatus()).isEqualTo("delivered");
        assertThat(event.segments()).isEqualTo(2);
        assertThat(event.cost()).isEqualTo(new Cost(new BigDecimal("0.006"), "USD"));
        assertThat(event.from()).isEqualTo("+12025550100");
        assertThat(event.recipient()).hasToString("+12025550123");
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, 4770, FAILED, 4770",
        "FAILED, 9902, UNCONFIRMED, 9902",
        "DELIVERED, 0, DELIVERED,",
        "SENT, 0, SENT,",
        "RECEIVED, 0, ACCEPTED,"
    })
    void bandwidthsRowIsReadAndZeroIsNoCode(String status, int code, Progress progress, @Nullable String errorCode)
            throws Exception {
        String row = body("bandwidth/api/messages.json")
                .replace("\"FAILED\"", "\"" + status + "\"")
                .replace("4770", Integer.toString(code));
        server.enqueue(new MockResponse(200, Headers.of(), body("bandwidth/api/token.json")));
        DeliveryEvent event = one(lookup(new BandwidthAdapter(), BANDWIDTH), "1589228074636lm4k2je7j7jklbn2", row);
        assertThat(event.progress()).isEqualTo(progress);
        assertThat(event.errorCode()).isEqualTo(errorCode);
        assertThat(event.carrier()).isEqualTo("other");
        assertThat(event.sentAt()).isEqualTo("2020-04-07T14:03:07Z");
    }

    @Test
    void bandwidthsTokenIsFetchedOnceAndRenewedBeforeItEnds() throws Exception {
        MessageLookup lookup = lookup(new BandwidthAdapter(), BANDWIDTH);
        server.enqueue(new MockResponse(200, Headers.of(), body("bandwidth/api/token.json")));
        bandwidthAnswers(2);
        assertThat(lookup.one("a")).isInstanceOf(LookupAnswer.Found.class);
        RecordedRequest grant = server.takeRequest();
        assertThat(grant.getRequestLine()).startsWith("POST /api/v1/oauth2/token ");
        assertThat(Objects.requireNonNull(grant.getBody()).utf8()).isEqualTo("grant_type=client_credentials");
        assertThat(grant.getHeaders().get("Authorization")).isEqualTo(okhttp3.Credentials.basic("client", "secret"));
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer token-1");
        now = now.plus(Duration.ofMinutes(58));
        assertThat(lookup.one("a")).isInstanceOf(LookupAnswer.Found.class);
        assertThat(server.takeRequest().getMethod()).isEqualTo("GET");
        now = now.plus(Duration.ofSeconds(90));
        server.enqueue(new MockResponse(
                200, Headers.of(), body("bandwidth/api/token.json").replace("token-1", "token-2")));
        bandwidthAnswers(1);
        assertThat(lookup.one("a")).isInstanceOf(LookupAnswer.Found.class);
        assertThat(server.takeRequest().getMethod()).isEqualTo("POST");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer token-2");
    }

    @Test
    void aTokenThatIsWithdrawnIsRenewedOnceAndThenTheAccountIsRefused() throws Exception {
        MessageLookup lookup = lookup(new BandwidthAdapter(), BANDWIDTH);
        server.enqueue(new MockResponse(200, Headers.of(), body("bandwidth/api/token.json")));
        bandwidthAnswers(1);
        assertThat(lookup.one("a")).isInstanceOf(LookupAnswer.Found.class);
        MockResponse unauthorized = new MockResponse(401, Headers.of(), body("bandwidth/api/unauthorized.json"));
        server.enqueue(unauthorized);
        assertThat(lookup.one("a")).as("another try has a new token").isInstanceOf(LookupAnswer.Failed.class);
        server.enqueue(new MockResponse(200, Headers.of(), body("bandwidth/api/token.json")));
        server.enqueue(unauthorized);
        assertThat(lookup.one("a")).isInstanceOf(LookupAnswer.Refused.class);
        assertThat(server.getRequestCount()).isEqualTo(5);
    }

    @Test
    void withoutATokenNothingElseIsAsked() throws Exception {
        MessageLookup lookup = lookup(new BandwidthAdapter(), BANDWIDTH);
        server.enqueue(new MockResponse(401, Headers.of(), "{\"error\": \"invalid_client\"}"));
        assertThat(lookup.one("a")).isInstanceOf(LookupAnswer.Refused.class);
        server.enqueue(new MockResponse(400, Headers.of(), "{\"error\": \"invalid_client\"}"));
        assertThat(lookup.one("a")).isInstanceOf(LookupAnswer.Refused.class);
        server.enqueue(new MockResponse(503, Headers.of(), ""));
        assertThat(lookup.one("a")).isInstanceOf(LookupAnswer.Failed.class);
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void withoutApiCredentialsThereIsNobodyToAsk() throws Exception {
        assertThat(find(new TelnyxAdapter(), Map.of("v1-secret", "s"))).isNull();
        assertThat(find(new BandwidthAdapter(), Map.of("callback-username", "u", "callback-password", "password")))
                .isNull();
    }

    private void bandwidthAnswers(int times) {
        for (int i = 0; i < times; i++) {
            server.enqueue(new MockResponse(200, Headers.of(), body("bandwidth/api/messages.json")));
        }
    }

    private DeliveryEvent one(MessageLookup lookup, String id, String body) {
        server.enqueue(new MockResponse(200, Headers.of(), body));
        LookupAnswer answer = lookup.one(id);
        assertThat(answer).isInstanceOf(LookupAnswer.Found.class);
        assertThat(((LookupAnswer.Found) answer).events()).hasSize(1);
        return ((LookupAnswer.Found) answer).events().get(0);
    }

    private <K> MessageLookup lookup(ProviderAdapter<K> adapter, Map<String, String> settings) throws InvalidAccount {
        return Objects.requireNonNull(find(adapter, settings));
    }

    private <K> @Nullable MessageLookup find(ProviderAdapter<K> adapter, Map<String, String> settings)
            throws InvalidAccount {
        Account<K> account = new Account<>(new AccountName(adapter.provider(), "main"), true, adapter.keys(settings));
        return adapter.lookup(account, new ApiSettings(server.url("/").uri(), Duration.ofSeconds(10), () -> now));
    }

    private static String body(String name) {
        try (InputStream file = LookupBodiesTest.class.getResourceAsStream("/provider/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
