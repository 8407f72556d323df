package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.TokenScope;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.store.sqlite.SqliteDialect;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens as a client meets them, while another connection to the database makes and revokes them as the command line does. */
class TokenTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private TestServer server;
    private Store beside;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(folder, new IngestSettings(100, Duration.ofMillis(1_800)));
        beside = Store.open(new SqliteDialect(server.file));
    }

    @AfterEach
    void stop() {
        beside.close();
        server.close();
    }

    @Test
    void aTokenWorksFromItsMakingToItsRevocation() throws Exception {
        String token = make("crm", TokenScope.READ);
        assertThat(get(token).statusCode()).isEqualTo(200);
        beside.removeToken("crm");
        server.clock.forward(Duration.ofSeconds(3));
        HttpResponse<String> refused = get(token);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(refused.body()).doesNotContain(token);
    }

    @Test
    void aTokenThatMayOnlyReadIsRefusedAWriteWithoutBeingAWrongOne() throws Exception {
        String read = make("reader", TokenScope.READ);
        String write = make("writer", TokenScope.WRITE);
        for (int i = 0; i < WrongTokens.MOST_OF_ONE_ADDRESS + 1; i++) {
            HttpResponse<String> refused = post(read, "/v1/messages");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(refused.body()).contains("scope write");
        }
        assertThat(post(write, "/v1/messages").statusCode()).isNotIn(401, 403);
        assertThat(post(TestServer.TOKEN, "/v1/messages").statusCode())
                .as("the configured one may write")
                .isNotIn(401, 403);
        assertThat(post(read, "/v1/messages/lookup").statusCode())
                .as("a look-up changes nothing")
                .isNotIn(401, 403);
    }

    @Test
    void theLastUseIsKeptAtMostOnceAMinute() throws Exception {
        String token = make("crm", TokenScope.READ);
        assertThat(lastUse()).isNull();
        get(token);
        server.tokens.saveUses(server.store);
        Instant first = lastUse();
        assertThat(first).isCloseTo(Instant.now(), org.assertj.core.api.Assertions.within(30, ChronoUnit.SECONDS));
        server.clock.forward(Duration.ofSeconds(20));
        get(token);
        server.tokens.saveUses(server.store);
        assertThat(lastUse()).isEqualTo(first);
        server.clock.forward(Duration.ofSeconds(60));
        get(token);
        server.tokens.saveUses(server.store);
        assertThat(lastUse()).isAfter(first);
    }

    @Test
    void whoSendsManyWrongTokensIsNotListenedToForAWhile() throws Exception {
        for (int i = 0; i < WrongTokens.MOST_OF_ONE_ADDRESS; i++) {
            assertThat(get("wrong-" + i).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> limited = get("wrong-again");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 61L);
        assertThat(get(TestServer.TOKEN).statusCode())
                .as("a right one that was never shown before is not told apart")
                .isEqualTo(429);
        server.clock.forward(WrongTokens.WINDOW.plusSeconds(1));
        assertThat(get(TestServer.TOKEN).statusCode()).isEqualTo(200);
        assertThat(get("wrong-again").statusCode()).isEqualTo(401);
    }

    @Test
    void whoGuessesBehindAProxyDoesNotShutOutTheOthersThere() throws Exception {
        assertThat(get(TestServer.TOKEN).statusCode()).isEqualTo(200);
        for (int i = 0; i < WrongTokens.MOST_OF_ONE_ADDRESS; i++) {
            get("wrong-" + i);
        }
        assertThat(get("wrong-again").statusCode()).isEqualTo(429);
        assertThat(get(TestServer.TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void noTokenIsNoWrongToken() throws Exception {
        for (int i = 0; i < WrongTokens.MOST_OF_ONE_ADDRESS + 1; i++) {
            HttpRequest request =
                    HttpRequest.newBuilder(server.uri("/v1/error-codes")).build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void manyAddressesTogetherAreLimitedAndRememberedWithinBounds() {
        WrongTokens wrong = new WrongTokens();
        Instant now = Instant.parse("2026-11-25T12:00:00Z");
        for (int i = 0; i < WrongTokens.MOST_OF_ALL; i++) {
            assertThat(wrong.secondsToWait("address-" + i, "hash", now)).isZero();
            wrong.wrong("address-" + i, now);
        }
        assertThat(wrong.secondsToWait("another", "hash", now)).isPositive();
        assertThat(wrong.secondsToWait("another", "hash", now.plus(WrongTokens.WINDOW)))
                .isZero();
    }

    private String make(String name, TokenScope scope) throws Exception {
        String token = TokenHash.newToken();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        assertThat(beside.addToken(new StoredToken(name, TokenHash.of(token), scope, now, null)))
                .isTrue();
        return token;
    }

    private @Nullable Instant lastUse() throws Exception {
        return server.reads().tokens().get(0).lastUsedAt();
    }

    private HttpResponse<String> get(String token) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.uri("/v1/error-codes/telnyx/40300"))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String token, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.uri(path))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
