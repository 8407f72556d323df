package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.config.ConfigurationLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as people write them against signed callbacks of all three providers, over HTTP into a database. */
@Tag("slow")
class WrittenNumbersTest {
    private static final String SID = "AC00000000000000000000000000000001";
    private static final String TWILIO_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String PUBLIC_URL = "https://status.example.com";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path home;

    private KeyPair telnyx;
    private Application server;

    @BeforeEach
    void start() throws Exception {
        telnyx = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = telnyx.getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        Map<String, String> environment = Map.of(
                "TWILIO_ACCOUNT_SID",
                SID,
                "TWILIO_AUTH_TOKEN",
                TWILIO_TOKEN,
                "TELNYX_PUBLIC_KEY",
                Base64.getEncoder().encodeToString(key),
                "BANDWIDTH_CALLBACK_USERNAME",
                "callbacks",
                "BANDWIDTH_CALLBACK_PASSWORD",
                "secret-of-the-test",
                "SENDSTATUS_PUBLIC_URL",
                PUBLIC_URL,
                "SENDSTATUS_API_TOKEN",
                "token-of-the-test",
                "SENDSTATUS_HTTP_PORT",
                "0");
        server = new Application(
                new ConfigurationLoader(Adapters.all(), environment, home, home).load(),
                Adapters.all(),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "twilio,(202) 555-0143,true",
        "twilio,(202) 555-0143,false",
        "twilio,tel:+1-202-555-0143,true",
        "bandwidth,+1 202-555-0143,true",
        "bandwidth,202.555.0143,false",
        "telnyx,+1 202-555-0143,true",
        "telnyx,202 555 0143,false"
    })
    void oneRecipientStaysOneHoweverItsNumberWasWritten(String provider, String written, boolean registeredFirst)
            throws Exception {
        if (registeredFirst) {
            register(provider, written);
            delivered(provider, Instant.now());
        } else {
            delivered(provider, Instant.now());
            register(provider, written);
        }
        JsonNode message = get("/v1/messages/m1");
        assertThat(message.path("status").asText()).isEqualTo("DELIVERED");
        assertThat(message.path("recipients")).hasSize(1);
        assertThat(message.path("recipients").path(0).path("to").asText()).isEqualTo("+12025550143");
        for (String filter : new String[] {
            "%2B12025550143",
            "+12025550143",
            "%2B1%20(202)%20555-0143",
            "tel:%2B1-202-555-0143",
            "(202)%20555-0143",
            "2025550143"
        }) {
            assertThat(get("/v1/messages?to=" + filter).path("items"))
                    .as(filter)
                    .hasSize(1);
            assertThat(get("/v1/changes?to=" + filter + "&status=DELIVERED").path("items"))
                    .as(filter)
                    .hasSize(1);
        }
    }

    /** Before the provider names it, and where it never does. */
    @ParameterizedTest
    @CsvSource({"2025550143", "(202) 555-0143", "+1 202 555 0143"})
    void aRegisteredNumberIsFoundWithAndWithoutItsCountrysCode(String written) throws Exception {
        register("bandwidth", written);
        for (String filter : new String[] {"2025550143", "+12025550143", "12025550143"}) {
            assertThat(get("/v1/messages?to=" + filter).path("items"))
                    .as(filter)
                    .hasSize(1);
        }
        for (String other : new String[] {"5550143", "2025550144", "+442025550143", "whatsapp:+12025550143"}) {
            assertThat(get("/v1/messages?to=" + other).path("items")).as(other).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+65 9123 4567,to=+6591234567",
        "whatsapp:+1 202-555-0143,to=whatsapp:+12025550143",
        "whatsapp:+12025550143,to=whatsapp:%2B1%20202%20555%200143",
        "12 345,to=12345"
    })
    void aPlusThatWasNotEncodedIsAPlus(String written, String query) throws Exception {
        register("bandwidth", written);
        assertThat(get("/v1/messages?" + query).path("items")).hasSize(1);
    }

    @Test
    void aFilterThatNoProviderCouldNameIsRefusedWithTheRemedy() throws Exception {
        HttpResponse<String> answer = ask("/v1/messages?to=1.20256E%2B10");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("to was rounded by a spreadsheet", "format the column as text");
    }

    @ParameterizedTest
    @CsvSource({"bandwidth", "telnyx"})
    void aTimeThatCannotBeIsNoTime(String provider) throws Exception {
        Instant before = Instant.now().minusMillis(1);
        delivered(provider, Instant.EPOCH);
        JsonNode message = get("/v1/messages/m1");
        assertThat(message.path("sent_at").isNull()).isTrue();
        assertThat(Instant.parse(message.path("first_event_at").asText())).isAfterOrEqualTo(before.minusSeconds(1));
        assertThat(Instant.parse(message.path("finalized_at").asText())).isAfterOrEqualTo(before.minusSeconds(1));
        assertThat(get("/v1/messages/m1/events").at("/items/0/occurred_at").isNull())
                .isTrue();
    }

    private void register(String provider, String written) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/messages"))
                .header("Authorization", "Bearer token-of-the-test")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"provider\":\"" + provider + "\",\"id\":\" m1\\u00a0\",\"to\":[\"" + written + "\"]}"))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"result\":\"registered\"", "\"id\":\"m1\"");
    }

    private void delivered(String provider, Instant at) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/webhooks/" + provider));
        String body;
        switch (provider) {
            case "twilio" -> {
                body = "AccountSid=" + SID + "&MessageSid=m1&MessageStatus=delivered&To=%2B12025550143";
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .header("X-Twilio-Signature", twilioSignature());
            }
            case "bandwidth" -> {
                body = "[{\"type\":\"message-delivered\",\"time\":\"" + at + "\",\"to\":\"+12025550143\",\"message\":{"
                        + "\"id\":\"m1\",\"direction\":\"out\",\"time\":\"" + at
                        + "\",\"to\":[\"+12025550143\"],\"from\":\"+12025550100\",\"segmentCount\":1}}]";
                request.header("Content-Type", "application/json")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString("callbacks:secret-of-the-test"
                                                        .getBytes(StandardCharsets.UTF_8)));
            }
            default -> {
                body = "{\"data\":{\"event_type\":\"message.finalized\",\"id\":\"e1\",\"occurred_at\":\"" + at
                        + "\",\"record_type\":\"event\",\"payload\":{\"id\":\"m1\",\"direction\":\"outbound\",\"sent_at\":\""
                        + at + "\",\"completed_at\":\"" + at
                        + "\",\"to\":[{\"phone_number\":\"+12025550143\",\"status\":\"delivered\"}]}}}";
                String timestamp = String.valueOf(Instant.now().getEpochSecond());
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(telnyx.getPrivate());
                signature.update((timestamp + "|" + body).getBytes(StandardCharsets.UTF_8));
                request.header("Content-Type", "application/json")
                        .header("telnyx-timestamp", timestamp)
                        .header("telnyx-signature-ed25519", Base64.getEncoder().encodeToString(signature.sign()));
            }
        }
        HttpResponse<String> answer = client.send(
                request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String twilioSignature() throws GeneralSecurityException {
        String signed =
                PUBLIC_URL + "/webhooks/twilioAccountSid" + SID + "MessageSidm1MessageStatusdeliveredTo+12025550143";
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TWILIO_TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = ask(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> ask(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer token-of-the-test")
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
