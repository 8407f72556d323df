package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Cost;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StoreException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorCodeRoutesTest {
    private static final Instant AT = Instant.parse("2026-11-25T12:00:00Z");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws StoreException {
        server = new TestServer(folder, new IngestSettings(100, Duration.ofMillis(1_800)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aMessageShowsWhatItsCodeMeansForItAndForEachRecipient() throws Exception {
        come(Source.WEBHOOK, failed("bandwidth", "b1", "message-failed", "4770"));
        JsonNode message = get("/v1/messages/b1");
        assertThat(message.path("error").toString())
                .isEqualTo(message.path("recipients").get(0).path("error").toString())
                .startsWith("{\"code\":\"4770\",\"title\":\"destination-spam-detected\",\"meaning\":\"Carrier blocked")
                .endsWith("\"category\":\"spam_filter\",\"charged\":\"yes\",\"retryable\":false}");
    }

    @Test
    void whetherAMessageIsChargedFollowsItsStatus() throws Exception {
        come(Source.WEBHOOK, failed("twilio", "t1", "failed", "30008"));
        come(Source.WEBHOOK, failed("twilio", "t2", "undelivered", "30008"));
        assertThat(get("/v1/messages/t1").path("error").path("charged").asText())
                .isEqualTo("no");
        assertThat(get("/v1/messages/t2").path("error").path("charged").asText())
                .isEqualTo("yes");
    }

    @Test
    void aCostThatCameDecidesWhereNobodyDocumentsTheChargeAndIsExact() throws Exception {
        Cost cost = new Cost(new BigDecimal("0.00750"), "USD");
        come(Source.WEBHOOK, failed("telnyx", "x1", "delivery_failed", "40010").cost(cost));
        come(Source.WEBHOOK, failed("telnyx", "x2", "delivery_failed", "40010"));
        come(Source.WEBHOOK, failed("telnyx", "x3", "delivery_failed", "40300").cost(cost));
        JsonNode message = get("/v1/messages/x1");
        assertThat(message.path("error").path("charged").asText()).isEqualTo("yes");
        assertThat(message.path("cost").toString()).isEqualTo("{\"amount\":\"0.00750\",\"currency\":\"USD\"}");
        assertThat(get("/v1/messages/x2").path("error").path("charged").asText())
                .isEqualTo("unknown");
        assertThat(get("/v1/messages/x3").path("error").path("charged").asText())
                .as("what is documented stands")
                .isEqualTo("no");
    }

    @Test
    void anUnknownCodeShowsInItsMessage() throws Exception {
        come(Source.WEBHOOK, failed("bandwidth", "b2", "message-failed", "4999"));
        JsonNode error = get("/v1/messages/b2").path("error");
        assertThat(error.path("code").asText()).isEqualTo("4999");
        assertThat(error.path("title").asText()).isEqualTo("Unknown code");
        assertThat(error.path("category").asText()).isEqualTo("unknown");
    }

    @Test
    void codesThatCameAreCountedAndUnknownOnesAreListed() throws Exception {
        come(Source.WEBHOOK, failed("bandwidth", "b1", "message-failed", "4770"));
        come(Source.WEBHOOK, failed("bandwidth", "b2", "message-failed", "4999"));
        come(Source.WEBHOOK, failed("bandwidth", "b3", "message-failed", "4999"));
        server.errorCodes.save(server.store);
        server.errorCodes.save(server.store);

        JsonNode unknown = get("/v1/error-codes?known=false").path("items");
        assertThat(unknown).hasSize(1);
        assertThat(unknown.get(0).path("code").asText()).isEqualTo("4999");
        assertThat(unknown.get(0).path("seen").asLong()).isEqualTo(2);
        assertThat(unknown.get(0).path("last_seen_at").asText()).isEqualTo(AT.toString());

        JsonNode one = get("/v1/error-codes/bandwidth/4770");
        assertThat(one.path("seen").asLong()).isEqualTo(1);
        assertThat(one.path("known").asBoolean()).isTrue();
        assertThat(get("/v1/error-codes/bandwidth/4998").path("known").asBoolean(true))
                .isFalse();
        assertThat(get("/v1/error-codes?provider=bandwidth&known=true").path("items"))
                .hasSize(91);
        assertThat(get("/v1/error-codes/twilio/30008").path("charged_by_status").toString())
                .isEqualTo("{\"failed\":\"no\",\"undelivered\":\"yes\"}");
        assertThat(server.meters.scrape())
                .contains("sendstatus_unknown_error_codes_total{provider=\"bandwidth\"} 2.0")
                .contains("sendstatus_unknown_error_codes_total{provider=\"telnyx\"} 0.0");
    }

    @Test
    void wrongQuestionsAreToldWhatIsRight() throws Exception {
        assertThat(answer("/v1/error-codes?known=maybe").body()).contains("known is true or false");
        assertThat(answer("/v1/error-codes?provider=twilo").body()).contains("bandwidth", "twilio");
        assertThat(answer("/v1/error-codes/twilo/1").statusCode()).isEqualTo(404);
        assertThat(answer("/v1/error-codes?known=maybe").statusCode()).isEqualTo(400);
    }

    private static DeliveryEvent.Builder failed(String provider, String id, String status, String code) {
        return DeliveryEvent.of(new MessageKey(new Provider(provider), id), Direction.OUTBOUND, Progress.FAILED, status)
                .to("+12025550123")
                .errorCode(code);
    }

    private void come(Source source, DeliveryEvent.Builder event) throws StoreException {
        DeliveryEvent built = event.build();
        List<Incoming> batch = List.of(new Incoming(
                new AccountName(built.message().provider(), "main"),
                source,
                AT,
                new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8)),
                List.of(built),
                null));
        server.store.commit(batch);
        batch.forEach(server.errorCodes::add);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = answer(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> answer(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.uri(path))
                        .header("Authorization", "Bearer " + TestServer.TOKEN)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
