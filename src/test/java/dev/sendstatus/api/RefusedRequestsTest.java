package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.provider.Account;
import dev.sendstatus.provider.ConfiguredProvider;
import dev.sendstatus.provider.twilio.TwilioAdapter;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the web server itself refuses, byte for byte over a socket. */
class RefusedRequestsTest {
    private static final String SID = "AC0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String END = " HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HEALTH = "GET /healthz" + END;
    private static final String API = "POST /v1/messages HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
            + TestServer.TOKEN + "\r\nContent-Type: application/json";

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        TwilioAdapter twilio = new TwilioAdapter();
        List<ConfiguredProvider<?>> providers = new ArrayList<>(TestServer.PROVIDERS);
        providers.add(new ConfiguredProvider<>(
                twilio,
                List.of(new Account<>(
                        new AccountName(twilio.provider(), "main"),
                        true,
                        twilio.keys(Map.of("account-sid", SID, "auth-token", TOKEN)))),
                "Set TWILIO_ACCOUNT_SID."));
        server = new TestServer(folder, new IngestSettings(50, Duration.ofMillis(900)), providers, () -> {});
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static List<Arguments> refused() {
        String callback = "POST /webhooks/signed HTTP/1.1\r\nHost: a\r\n";
        return List.of(
                Arguments.of(
                        "a request line over 64 KiB",
                        414,
                        "GET /webhooks/twilio?Body=" + "%D0%BF".repeat(12_000) + END),
                Arguments.of("one of a megabyte", 414, "GET /webhooks/twilio?Body=" + "%D0%BF".repeat(170_000) + END),
                Arguments.of("the same in HTTP/1.0", 414, "GET /" + "a".repeat(70_000) + " HTTP/1.0\r\n\r\n"),
                Arguments.of("headers over 64 KiB", 431, callback + "X: " + "a".repeat(70_000) + "\r\n\r\n"),
                Arguments.of("no HTTP at all", 400, "GARBAGE\r\n\r\n"),
                Arguments.of(
                        "TLS", 400, "\u0016\u0003\u0001\u0000\u00c8\u0001\u0000\u0000\u00c4\u0003\u0003abc\r\n\r\n"),
                Arguments.of("no host", 400, "GET /healthz HTTP/1.1\r\n\r\n"),
                Arguments.of("a host that is none", 400, "GET /healthz HTTP/1.1\r\nHost: a:b:c\r\n\r\n"),
                Arguments.of("a blank in a header's name", 400, callback + "Fo o: x\r\n\r\n"),
                Arguments.of("a control character", 400, callback + "Foo: x\u0000y\r\n\r\n"),
                Arguments.of(
                        "two lengths",
                        400,
                        callback + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("a length that is no number", 400, callback + "Content-Length: x\r\n\r\nhello"),
                Arguments.of("chunks that are none", 400, callback + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"),
                Arguments.of("a broken escape", 400, "GET /webhooks/%zz" + END),
                Arguments.of("a path above the root", 400, "GET /../etc" + END),
                Arguments.of("an unknown expectation", 417, callback + "Expect: x\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("HTTP/0.9", 505, "GET /healthz\r\n\r\n"),
                Arguments.of("a version that is none", 505, "GET / HTTP/9.9\r\nHost: a\r\n\r\n"),
                Arguments.of("HTTP/2 without an agreement", 426, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isCountedAnsweredAsAProblemAndClosesTheConnection(String name, int status, String request) throws Exception {
        String answers = exchange(request + HEALTH);
        // One answer: the client is told by Connection: close to send the next request elsewhere, where it is served.
        assertThat(answers.split("HTTP/1\\.1 ", -1)).hasSize(2);
        String headers = answers.substring(0, answers.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
        assertThat(headers)
                .startsWith("http/1.1 " + status + " ")
                .contains("\r\ncontent-type: application/problem+json", "\r\nconnection: close");
        assertThat(new ObjectMapper()
                        .readTree(answers.substring(answers.indexOf("\r\n\r\n") + 4))
                        .path("status")
                        .asInt())
                .isEqualTo(status);
        assertThat(server.meters
                        .get("sendstatus.requests.refused")
                        .tag("status", Integer.toString(status))
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(exchange(HEALTH.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void theRequestsBeforeItOnTheConnectionAreAnswered() throws Exception {
        assertThat(exchange(HEALTH + HEALTH + "GARBAGE\r\n\r\n").split("HTTP/1\\.1 ", -1))
                .extracting(answer -> answer.substring(0, Math.min(3, answer.length())))
                .containsExactly("", "200", "200", "400");
    }

    /** Of two bytes each in UTF-8, so of six characters in a query: 10 KB. */
    @Test
    void aTextOf1600CyrillicLettersByGetIsTaken() throws Exception {
        String query =
                "MessageSid=SM0123456789abcdef0123456789abcdef&SmsStatus=received&NumMedia=0&NumSegments=24&AccountSid="
                        + SID + "&From=%2B12025550143&To=%2B12025550100&Body="
                        + URLEncoder.encode("п".repeat(1_600), StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
        String signature = Base64.getEncoder()
                .encodeToString(mac.doFinal(
                        ("https://status.example.com/webhooks/twilio?" + query).getBytes(StandardCharsets.US_ASCII)));
        assertThat(exchange("GET /webhooks/twilio?" + query
                        + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Twilio-Signature: " + signature + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(server.reads().messages("SM0123456789abcdef0123456789abcdef"))
                .hasSize(1);
    }

    @Test
    void headersOfNearly64KilobytesAreRead() throws Exception {
        String callback = "POST /webhooks/signed HTTP/1.1\r\nHost: a\r\nConnection: close\r\nKey: key-main\r\n"
                + "Content-Type: text/fake\r\nContent-Length: 20\r\nX: ";
        assertThat(exchange(callback + "a".repeat(65_000 - callback.length()) + "\r\n\r\nm1 +12025550143 SENT"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @MethodSource
    void aRequestOfTheApiThatCannotBeReadIsTheClientsFault(String rest, int status) throws Exception {
        assertThat(exchange(API + rest)).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json");
    }

    static List<Arguments> aRequestOfTheApiThatCannotBeReadIsTheClientsFault() {
        String close = "\r\nConnection: close";
        return List.of(
                Arguments.of("\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400),
                Arguments.of(";charset=nonsense" + close + "\r\nContent-Length: 2\r\n\r\n{}", 415),
                Arguments.of(";charset=()" + close + "\r\nContent-Length: 2\r\n\r\n{}", 415));
    }

    /** Sends it all and reads until the server closes. */
    private String exchange(String requests) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
