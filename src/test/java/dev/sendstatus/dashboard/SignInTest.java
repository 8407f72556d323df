package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.TokenScope;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may see the dashboard, and until when. */
class SignInTest {
    private static final String MESSAGES = "/ui/messages";

    @TempDir
    Path folder;

    private DashboardServer server;

    @BeforeEach
    void start() throws Exception {
        server = new DashboardServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int status(String cookie) throws Exception {
        return server.get(MESSAGES, cookie).statusCode();
    }

    @ParameterizedTest
    @CsvSource({
        "/, /ui/sign-in",
        "/ui/messages?to=%2B1*&status=ERROR, /ui/sign-in?next=%2Fui%2Fmessages%3Fto%3D%252B1*%26status%3DERROR",
        "/ui/search?q=a, /ui/sign-in?next=%2Fui%2Fsearch%3Fq%3Da",
        "/ui/nowhere, /ui/sign-in?next=%2Fui%2Fnowhere"
    })
    void withoutASessionAPageLeadsToSignIn(String path, String target) throws Exception {
        HttpResponse<String> answer = server.get(path, "sendstatus=made-up");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(target);
    }

    @Test
    void aPartThatRefreshesTellsTheBrowserToSignIn() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/ui/messages/newer")
                .header("HX-Request", "true")
                .header(
                        "HX-Current-URL",
                        server.uri("/ui/messages?status=ERROR").toString()));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect"))
                .contains("/ui/sign-in?next=%2Fui%2Fmessages%3Fstatus%3DERROR");
    }

    @ParameterizedTest
    @CsvSource({
        "/ui/messages?a=b, /ui/messages?a=b",
        "https://example.com/, /",
        "//example.com/ui/, /",
        "/\\example.com, /",
        "javascript:alert(1), /",
        "'', /"
    })
    void signingInGoesOnAtAPageOfOursOnly(String next, String target) throws Exception {
        HttpResponse<String> answer =
                server.send(server.form("/ui/sign-in", Map.of("token", DashboardServer.TOKEN, "next", next))
                        .header("Sec-Fetch-Site", DashboardServer.SAME_ORIGIN));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(target);
    }

    @Test
    void theCookieIsForThisSiteAndNoScript() throws Exception {
        String cookie = server.trySignIn(DashboardServer.TOKEN)
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        assertThat(cookie).matches("sendstatus=[A-Za-z0-9_-]{43}; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void overHttpsTheCookieIsSecureAndBoundToTheHost(@TempDir Path other) throws Exception {
        try (DashboardServer secure =
                new DashboardServer(other, Map.of("SENDSTATUS_PUBLIC_URL", "https://status.example.com"))) {
            String cookie = secure.trySignIn(DashboardServer.TOKEN)
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow();
            assertThat(cookie)
                    .startsWith("__Host-sendstatus=")
                    .contains("; Path=/;", "; Secure")
                    .doesNotContain("Domain");
        }
    }

    @Test
    void aSessionEndsAfterTwelveHoursWithoutUse() throws Exception {
        String cookie = server.signIn(DashboardServer.TOKEN);
        server.clock.forward(Duration.ofHours(11));
        assertThat(status(cookie)).isEqualTo(200);
        server.clock.forward(Duration.ofHours(11));
        assertThat(status(cookie)).isEqualTo(200);
        server.clock.forward(Duration.ofHours(12));
        assertThat(status(cookie)).isEqualTo(303);
    }

    @Test
    void aSessionEndsAfterSevenDaysAtTheLatest() throws Exception {
        String cookie = server.signIn(DashboardServer.TOKEN);
        for (int i = 0; i < 16; i++) {
            server.clock.forward(Duration.ofHours(10));
            assertThat(status(cookie)).isEqualTo(200);
        }
        server.clock.forward(Duration.ofHours(8));
        assertThat(status(cookie)).isEqualTo(303);
    }

    @Test
    void aSessionEndsBySigningOut() throws Exception {
        String cookie = server.signIn(DashboardServer.TOKEN);
        HttpResponse<String> out = server.post("/ui/sign-out", cookie, Map.of());
        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("sendstatus=; Max-Age=0");
        assertThat(status(cookie)).isEqualTo(303);
    }

    @Test
    void aSessionEndsWithItsTokenAndHasItsScope() throws Exception {
        server.callback("first-1", "message-delivered", null, null);
        String token = TokenHash.newToken();
        server.change(store -> store.addToken(
                new StoredToken("reader", TokenHash.of(token), TokenScope.READ, Instant.ofEpochMilli(0), null)));
        String cookie = server.signIn(token);
        String page = server.get(MESSAGES + "/first-1", cookie).body();
        assertThat(page).contains("signed in to read only").doesNotContain("Raw callbacks");
        assertThat(Jsoup.parse(page).select("form[method=post]").eachAttr("action"))
                .containsExactly("/ui/sign-out");
        server.change(store -> store.removeToken("reader"));
        // What was read of the tokens is believed for two seconds.
        server.clock.forward(Duration.ofSeconds(3));
        assertThat(status(cookie)).isEqualTo(303);
    }

    @Test
    void aSessionEndsWhenTheConfiguredTokenChanges() throws Exception {
        String cookie = server.signIn(DashboardServer.TOKEN);
        server.close();
        server = new DashboardServer(folder, Map.of("SENDSTATUS_API_TOKEN", DashboardServer.TOKEN + "-changed"));
        assertThat(status(cookie)).isEqualTo(303);
        server.close();
        server = new DashboardServer(folder);
        assertThat(status(cookie)).isEqualTo(200);
    }

    @Test
    void wrongTokensCountAsThoseOfTheApiDo() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(server.trySignIn("wrong-" + i).statusCode()).isEqualTo(401);
            assertThat(server.send(server.request("/v1/messages").header("Authorization", "Bearer wrong"))
                            .statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> eleventh = server.trySignIn(DashboardServer.TOKEN);
        assertThat(eleventh.statusCode()).isEqualTo(429);
        assertThat(eleventh.headers().firstValue("Retry-After")).isPresent();
        server.clock.forward(Duration.ofMinutes(1));
        assertThat(server.trySignIn(DashboardServer.TOKEN).statusCode()).isEqualTo(303);
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, , true",
        "cross-site, , false",
        "same-site, , false",
        "none, , false",
        "cross-site, OWN, false",
        ", OWN, true",
        ", https://example.com, false",
        ", null, false",
        ", , false"
    })
    void aFormIsTakenFromAPageOfOursOnly(String site, String origin, boolean taken) throws Exception {
        String cookie = server.signIn(DashboardServer.TOKEN);
        HttpRequest.Builder request = server.form("/ui/sign-out", Map.of()).header("Cookie", cookie);
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }
        if (origin != null) {
            request.header("Origin", origin.equals("OWN") ? "http://127.0.0.1:" + server.port() : origin);
        }
        assertThat(server.send(request).statusCode()).isEqualTo(taken ? 303 : 403);
        assertThat(status(cookie)).isEqualTo(taken ? 303 : 200);
    }

    @Test
    void everyPageComesWithTheHeadersThatGuardIt() throws Exception {
        String cookie = server.signIn(DashboardServer.TOKEN);
        for (String path : new String[] {"/", MESSAGES, "/ui/nowhere", "/ui/sign-in"}) {
            var headers = server.get(path, cookie).headers();
            assertThat(headers.firstValue("Content-Security-Policy"))
                    .contains("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                            + " 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        }
        String style = Jsoup.parse(server.get("/", cookie).body())
                .select("link[rel=stylesheet]")
                .attr("href");
        assertThat(server.get(style, "").headers().firstValue("Cache-Control"))
                .contains("public, max-age=31536000, immutable");
        assertThat(server.get(style.replace("style.", "style.0"), "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whileNothingCanBeWrittenPagesAreShownAndSigningInIsToBeTriedAgain() throws Exception {
        String cookie = server.signIn(DashboardServer.TOKEN);
        // Long enough for the session's last use to be due.
        server.clock.forward(Duration.ofMinutes(10));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("test.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThat(status(cookie)).isEqualTo(200);
            HttpResponse<String> answer = server.trySignIn(DashboardServer.TOKEN);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("Load the page again");
        }
        assertThat(server.trySignIn(DashboardServer.TOKEN).statusCode()).isEqualTo(303);
    }
}
