package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /ui/live} over HTTP, and the part of it that a browser asks for again and again. */
class LivePageTest {
    private static final String PATH = LivePage.PATH;

    private DashboardServer server;
    private PageForms reader;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = new DashboardServer(folder);
        reader = PageForms.writer(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<String> ids(Element page) {
        return page.select("li a").eachText();
    }

    private static String newer(Element page) {
        return page.select("li[data-hx-trigger^=live]").attr("data-hx-get");
    }

    private Document part(String path) throws Exception {
        return Jsoup.parseBodyFragment(
                "<ol>" + server.get(path, reader.cookie()).body() + "</ol>");
    }

    @Test
    void theLastChangesOfTheFeedAreShownTheNewestFirst() throws Exception {
        assertThat(reader.page(PATH).select(".empty .command").text()).startsWith("scripts/sendstatus simulate");
        server.callback("first", "message-sending", null, null);
        server.callback("first", "message-failed", 4770, "A carrier");
        server.callback("second", "message-delivered", null, null);
        List<String> expected = new ArrayList<>();
        for (JsonNode item : server.api("/v1/changes").path("items")) {
            expected.add(0, item.path("id").asText());
        }
        Document page = reader.page(PATH);
        assertThat(ids(page.expectFirst(".feed"))).isEqualTo(expected).containsExactly("second", "first", "first");
        Element failed = page.select(".feed li:has(a)").get(1);
        assertThat(failed.select(".badge").eachText()).containsExactly("→ SENT", "✕ ERROR");
        assertThat(failed.text()).contains("to +12025550123", "code 4770", "bandwidth/bandwidth");
    }

    @Test
    void whatIsNewComesOnceTheNewestFirst() throws Exception {
        server.callback("first", "message-delivered", null, null);
        Document page = reader.page(PATH);
        String newer = newer(page);
        assertThat(ids(part(newer))).isEmpty();
        for (int i = 0; i < 120; i++) {
            server.callback("later-" + i, "message-delivered", null, null);
        }
        Document first = part(newer);
        assertThat(ids(first)).hasSize(120).startsWith("later-119").endsWith("later-0");
        assertThat(ids(part(newer(first)))).isEmpty();
    }

    @Test
    void ofMoreThanThePageCanShowTheNewestAreShownAndThatSomeAreMissing() throws Exception {
        String newer = newer(reader.page(PATH));
        for (int i = 0; i < 250; i++) {
            server.callback("later-" + i, "message-delivered", null, null);
        }
        Document part = part(newer);
        assertThat(part.text()).contains("some changes are not shown");
        assertThat(ids(part)).hasSize(50).startsWith("later-249").endsWith("later-200");
        assertThat(ids(part(newer(part)))).isEmpty();
    }

    @Test
    void theFiltersAreThoseOfTheApi() throws Exception {
        server.callback("first", "message-delivered", null, null);
        server.callback("second", "message-failed", 4770, null);
        Document page = reader.page(PATH + "?status=ERROR&provider=bandwidth");
        assertThat(ids(page.expectFirst(".feed"))).containsExactly("second");
        assertThat(page.select(".chips li")).hasSize(2);
        server.callback("third", "message-delivered", null, null);
        server.callback("fourth", "message-failed", 4770, null);
        assertThat(ids(part(newer(page)))).containsExactly("fourth");
        assertThat(reader.status(PATH + "?status=LOST")).isEqualTo(400);
        assertThat(reader.status(PATH + "?stuck=true")).isEqualTo(400);
        assertThat(reader.status(PATH + "/newer?after=-1")).isEqualTo(400);
        assertThat(reader.status(PATH + "/newer")).isEqualTo(400);
    }

    @Test
    void aPositionOfAnotherFeedIsSaidAndGoesOnFromTheEnd() throws Exception {
        server.callback("first", "message-delivered", null, null);
        Document part = part(PATH + "/newer?after=999999");
        assertThat(part.text()).contains("From here on it goes on");
        server.callback("second", "message-delivered", null, null);
        assertThat(ids(part(newer(part)))).containsExactly("second");
    }

    @Test
    void textFromOutsideIsOnlyText() throws Exception {
        for (String text : DashboardServer.HOSTILE) {
            server.callback("id " + text.length(), "message-delivered", null, text);
        }
        server.filled();
        Document page = reader.page(PATH);
        assertThat(page.select("script:not([src]), img, [onmouseover]")).isEmpty();
        assertThat(page.select(".feed").text())
                .contains("<script>alert(1)</script>")
                .doesNotContain("\u202E");
    }

    @Test
    void aSessionThatEndedIsLedToTheSignIn() throws Exception {
        HttpResponse<String> answer = server.send(server.request(PATH + "/newer?after=0")
                .header("HX-Request", "true")
                .header("HX-Current-URL", server.uri(PATH).toString()));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect")).hasValue("/ui/sign-in?next=%2Fui%2Flive");
    }
}
