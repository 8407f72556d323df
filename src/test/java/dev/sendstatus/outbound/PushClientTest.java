package dev.sendstatus.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.standardwebhooks.Webhook;
import dev.sendstatus.outbound.PushClient.Push;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushClientTest {
    private static final Push PUSH = new Push(
            "chg_0123456789abcdef_42", "{\"type\":\"message.delivered\",\"é\":\"€\"}".getBytes(StandardCharsets.UTF_8));
    private static final HeldCertificate CERTIFICATE = new HeldCertificate.Builder()
            .addSubjectAlternativeName("receiver.example.com")
            .addSubjectAlternativeName("localhost")
            .build();

    private final MockWebServer server = new MockWebServer();
    private final String secret = SigningSecret.make();
    private final String former = SigningSecret.make();

    @BeforeEach
    void open() throws IOException {
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private PushClient client(HttpUrl url, boolean privateNetwork, OkHttpClient base, String... secrets) {
        List<SigningSecret> read =
                List.of(secrets).stream().map(SigningSecret::read).toList();
        return new PushClient(
                new Destination(url, read, Duration.ofMillis(2_000), privateNetwork), 1, InstantSource.system(), base);
    }

    private PushAnswer answerTo(MockResponse said) {
        server.enqueue(said);
        try (PushClient client = client(server.url("/hook"), true, new OkHttpClient(), secret)) {
            return client.send(PUSH);
        }
    }

    private static MockResponse.Builder status(int code) {
        return new MockResponse.Builder().code(code);
    }

    private static void verify(RecordedRequest request, String secret) throws Exception {
        new Webhook(secret)
                .verify(
                        Objects.requireNonNull(request.getBody()).utf8(),
                        request.getHeaders().toMultimap());
    }

    @Test
    void thePublicLibraryOfJavaVerifiesItWithEitherOfTwoSecrets() throws Exception {
        server.enqueue(status(200).build());
        try (PushClient client = client(server.url("/hook"), true, new OkHttpClient(), secret, former)) {
            assertThat(client.send(PUSH)).isEqualTo(new PushAnswer.Answered(200, null, ""));
        }
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getHeaders().get("content-type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("webhook-id")).isEqualTo(PUSH.id());
        assertThat(request.getHeaders().get("webhook-signature")).matches("v1,[^ ]+ v1,[^ ]+");
        verify(request, secret);
        verify(request, former);
        assertThat(catchThrowable(() -> verify(request, SigningSecret.make()))).isNotNull();
    }

    /** Where neither Node nor a package can be had, this says so. */
    @Test
    void thePublicLibraryOfNodeVerifiesItWithEitherOfTwoSecrets(@TempDir Path folder) throws Exception {
        assumeTrue(runs(folder, "node", "--version"), "node is not installed");
        assumeTrue(runs(folder, "npm", "--version"), "npm is not installed");
        assumeTrue(
                runs(folder, "npm", "install", "--no-audit", "--no-fund", "--silent", "standardwebhooks@1.1.1"),
                "the package standardwebhooks cannot be had");
        server.enqueue(status(200).build());
        try (PushClient client = client(server.url("/hook"), true, new OkHttpClient(), secret, former)) {
            client.send(PUSH);
        }
        RecordedRequest request = server.takeRequest();
        Files.write(
                folder.resolve("body"),
                Objects.requireNonNull(request.getBody()).toByteArray());
        Headers headers = request.getHeaders();
        Files.writeString(folder.resolve("verify.js"), """
                const { Webhook } = require("standardwebhooks");
                const [secret, id, timestamp, signature] = process.argv.slice(2);
                const body = require("fs").readFileSync("body", "utf8");
                new Webhook(secret).verify(body, { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature });
                """);
        for (String each : List.of(secret, former, SigningSecret.make())) {
            boolean verified = runs(
                    folder,
                    "node",
                    "verify.js",
                    each,
                    headers.get("webhook-id"),
                    headers.get("webhook-timestamp"),
                    headers.get("webhook-signature"));
            assertThat(verified).isEqualTo(each.equals(secret) || each.equals(former));
        }
    }

    private static boolean runs(Path folder, String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 206, 300, 304, 400, 401, 407, 408, 410, 418, 421, 425, 429, 500, 503, 599})
    void everyStatusIsTold(int code) {
        MockResponse.Builder said = status(code);
        if (code != 204 && code != 304) {
            said.body("why\u0000 \n é");
        }
        String excerpt = code < 300 || code == 304 ? "" : "why    é";
        assertThat(answerTo(said.build())).isEqualTo(new PushAnswer.Answered(code, null, excerpt));
    }

    @Test
    void noRedirectIsFollowed() {
        for (String location : List.of(
                "http://169.254.169.254/latest/meta-data", server.url("/other").toString())) {
            for (int code : new int[] {301, 302, 303, 307, 308}) {
                PushAnswer answer =
                        answerTo(status(code).setHeader("Location", location).build());
                assertThat(answer).isEqualTo(new PushAnswer.Answered(code, null, ""));
            }
        }
        assertThat(server.getRequestCount()).isEqualTo(10);
    }

    @Test
    void retryAfterIsReadAsSecondsOrDate() {
        assertThat(retryAfter("120")).isEqualTo(Duration.ofSeconds(120));
        assertThat(retryAfter("soon")).isNull();
        assertThat(retryAfter("-1")).isNull();
        assertThat(retryAfter("99999999999999999999")).isNull();
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(100).atOffset(ZoneOffset.UTC));
        assertThat(retryAfter(date)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
        assertThat(retryAfter("Wed, 21 Oct 2015 07:28:00 GMT")).isZero();
    }

    private @Nullable Duration retryAfter(String header) {
        return ((PushAnswer.Answered)
                        answerTo(status(503).setHeader("Retry-After", header).build()))
                .retryAfter();
    }

    /** The library would send it again by itself. */
    @Test
    void nothingIsSentAgainByItself() {
        assertThat(retryAfter("0")).isZero();
        assertThat(answerTo(status(408).build())).isEqualTo(new PushAnswer.Answered(408, null, ""));
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void ofALongAnswerOnlyTheBeginningIsRead() {
        PushAnswer answer = answerTo(
                status(400).body(new Buffer().writeUtf8("x".repeat(1 << 20))).build());
        assertThat(((PushAnswer.Answered) answer).excerpt()).isEqualTo("x".repeat(300));
        assertThat(answerTo(status(200).body("x".repeat(1 << 20)).build()))
                .isEqualTo(new PushAnswer.Answered(200, null, ""));
    }

    @Test
    void aSuccessIsOneAlsoWhereTheRestOfTheAnswerHangsOrIsTorn() {
        assertThat(answerTo(status(200)
                        .body("some text")
                        .bodyDelay(5, TimeUnit.SECONDS)
                        .build()))
                .isEqualTo(new PushAnswer.Answered(200, null, ""));
        assertThat(answerTo(status(202)
                        .body("x".repeat(100_000))
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build()))
                .isEqualTo(new PushAnswer.Answered(202, null, ""));
        // It must have none, and is a success all the same.
        assertThat(answerTo(status(204).body("done").build())).isEqualTo(new PushAnswer.Answered(204, null, ""));
        assertThat(answerTo(status(500)
                        .body("x".repeat(100_000))
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build()))
                .isInstanceOf(PushAnswer.Answered.class);
    }

    @Test
    void whatHangsEndsInTime() throws Exception {
        assertLost(answerTo(status(200).headersDelay(5, TimeUnit.SECONDS).build()), "did not answer within 2000 ms");
        assertLost(
                answerTo(
                        status(200).onResponseStart(SocketEffect.Stall.INSTANCE).build()),
                "did not answer within");
        try (ServerSocket silent = new ServerSocket(0)) {
            // A handshake of TLS to which nobody answers.
            try (PushClient client = client(
                    HttpUrl.get("https://localhost:" + silent.getLocalPort()), true, new OkHttpClient(), secret)) {
                assertLost(client.send(PUSH), "did not answer within");
            }
        }
        try (ServerSocket full = new ServerSocket(0, 1);
                Socket first = new Socket("localhost", full.getLocalPort());
                Socket second = new Socket("localhost", full.getLocalPort())) {
            // A connection that is never made, since the queue of the listener is full.
            try (PushClient client =
                    client(HttpUrl.get("http://localhost:" + full.getLocalPort()), true, new OkHttpClient(), secret)) {
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                assertLost(client.send(PUSH), "did not answer within");
            }
        }
    }

    @Test
    void whatBreaksIsToldInOurOwnWords() throws Exception {
        assertLost(
                answerTo(status(200)
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build()),
                "the connection to localhost");
        int port = server.getPort();
        server.close();
        try (PushClient client = client(HttpUrl.get("http://localhost:" + port), true, new OkHttpClient(), secret)) {
            assertLost(client.send(PUSH), "no connection to localhost:" + port);
        }
        try (PushClient client = client(HttpUrl.get("http://nowhere.invalid/"), true, new OkHttpClient(), secret)) {
            assertLost(client.send(PUSH), "cannot be resolved");
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsRefused() throws Exception {
        try (MockWebServer secure = secure()) {
            try (PushClient client = client(secure.url("/"), true, new OkHttpClient(), secret)) {
                assertLost(client.send(PUSH), "no secure connection");
            }
            secure.enqueue(status(200).build());
            try (PushClient client = client(secure.url("/"), true, trusting().build(), secret)) {
                assertThat(client.send(PUSH)).isEqualTo(new PushAnswer.Answered(200, null, ""));
            }
        }
    }

    private static MockWebServer secure() throws IOException {
        MockWebServer secure = new MockWebServer();
        secure.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(CERTIFICATE)
                .build()
                .sslSocketFactory());
        secure.start();
        return secure;
    }

    private static OkHttpClient.Builder trusting() {
        HandshakeCertificates trusted = new HandshakeCertificates.Builder()
                .addTrustedCertificate(CERTIFICATE.certificate())
                .build();
        return new OkHttpClient.Builder().sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "[fd00:ec2::254]", "[64:ff9b::7f00:1]"})
    void anAddressOfANetworkOfOursIsRefusedAtOnce(String address) {
        HttpUrl url = HttpUrl.get("https://" + address + ":" + server.getPort() + "/");
        try (PushClient client = client(url, false, new OkHttpClient(), secret)) {
            assertLost(client.send(PUSH), "is refused, since it is");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    /** What a name leads to may be public when it is looked at, and be ours when the connection is made. */
    @Test
    void aNameThatLeadsElsewhereAfterTheCheckIsRefused() throws Exception {
        try (MockWebServer secure = secure()) {
            HttpUrl url = HttpUrl.get("https://receiver.example.com:" + secure.getPort() + "/");
            assertThat(Destination.url(url.toString(), false)).isEqualTo(url);
            AtomicInteger asked = new AtomicInteger();
            List<InetAddress> answers = new ArrayList<>();
            answers.add(InetAddress.getByName("127.0.0.1"));
            OkHttpClient base = trusting()
                    .dns(name -> {
                        asked.incrementAndGet();
                        return answers;
                    })
                    .build();
            try (PushClient client = client(url, false, base, secret)) {
                assertLost(client.send(PUSH), "127.0.0.1 is refused, since it is this host");
            }
            assertThat(asked.get()).isPositive();
            assertThat(secure.getRequestCount()).isZero();
            secure.enqueue(status(200).build());
            try (PushClient client = client(url, true, base, secret)) {
                assertThat(client.send(PUSH)).isEqualTo(new PushAnswer.Answered(200, null, ""));
            }
        }
    }

    private static void assertLost(PushAnswer answer, String why) {
        assertThat(answer).isInstanceOf(PushAnswer.Lost.class);
        assertThat(((PushAnswer.Lost) answer).why()).contains(why);
    }
}
