package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page over HTTP, with a little of everything stored, and texts that want to be more than text. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
    private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "data-hx-get");

    private DashboardServer server;
    private String cookie;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new DashboardServer(folder).filled();
        cookie = server.signIn(DashboardServer.TOKEN);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static List<String> paths() {
        List<String> paths = new ArrayList<>(PagePaths.all());
        paths.addAll(PagePaths.REFUSED);
        return paths;
    }

    static List<String> someOfEachKind() {
        List<String> paths = new ArrayList<>(PagePaths.some());
        paths.addAll(PagePaths.REFUSED);
        paths.add("/ui/sign-in");
        return paths;
    }

    private String body(String path) throws Exception {
        HttpResponse<String> answer = server.get(path, cookie);
        assertThat(answer.statusCode()).as(path).isEqualTo(PagePaths.REFUSED.contains(path) ? 400 : 200);
        return answer.body();
    }

    private Document page(String path) throws Exception {
        return Jsoup.parse(body(path), server.uri(path).toString());
    }

    @ParameterizedTest
    @MethodSource("someOfEachKind")
    void aPageIsValidHtml(String path) throws Exception {
        assertThat(HtmlValidator.verdict(body(path))).isEqualTo(HtmlValidator.GOOD);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void textFromOutsideIsOnlyText(String path) throws Exception {
        String html = body(path);
        Document page = Jsoup.parse(html);
        page.select("input").removeAttr("value");
        page.select("button").removeAttr("data-copy");
        assertThat(page.html().codePoints().filter(PagesTest::notPlain).mapToObj(Integer::toHexString))
                .as("characters that are not seen")
                .isEmpty();
        assertThat(page.select("img, iframe, object, embed, style, base")).isEmpty();
        for (Element element : page.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                assertThat(attribute.getKey()).doesNotStartWith("on").isNotEqualTo("style");
                if (ADDRESSES.contains(attribute.getKey())) {
                    assertThat(attribute.getValue()).matches("[/#].*|").doesNotStartWith("//");
                }
            }
        }
        for (Element script : page.select("script")) {
            assertThat(script.data()).isEmpty();
            assertThat(script.attr("src")).startsWith("/ui/files/");
        }
    }

    private static boolean notPlain(int point) {
        int type = Character.getType(point);
        return point != '\n' && type == Character.CONTROL || type == Character.FORMAT;
    }

    @Test
    void everyLinkOnEveryPageAnswers() throws Exception {
        Set<String> links = new TreeSet<>();
        for (String path : PagePaths.all()) {
            for (Element link : page(path).select("a[href], link[href], script[src]")) {
                String target = link.absUrl(link.hasAttr("href") ? "href" : "src");
                links.add(target.replaceFirst("#.*", ""));
            }
        }
        assertThat(links).hasSizeGreaterThan(20);
        for (String link : links) {
            URI uri = URI.create(link);
            String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            assertThat(server.get(path, cookie).statusCode()).as(link).isEqualTo(200);
        }
    }

    static List<String> withLists() {
        return PagePaths.all();
    }

    @ParameterizedTest
    @MethodSource("withLists")
    void eachFigureThatLeadsToAListCountsIt(String path) throws Exception {
        for (Element link : page(path)
                .select(
                        ".figure a[href^=/ui/messages?], td.number a[href^=/ui/messages?], .heat a[href^=/ui/messages?]")) {
            Element cell = link.parent();
            String number = link.select("b").isEmpty()
                    ? cell != null && cell.hasAttr("title")
                            ? cell.attr("title").replaceFirst(" of .*", "")
                            : link.text()
                    : link.select("b").text().replace("nothing", "0");
            String list = link.attr("href").replace("/ui/messages", "/v1/messages") + "&limit=1000";
            assertThat(server.api(list).path("items").size())
                    .as(list)
                    .isEqualTo(Integer.parseInt(number.replaceAll("[^0-9]", "")));
        }
    }

    @Test
    void theFiguresAreTheApis() throws Exception {
        assertThat(page("/").select(".figure:contains(in quarantine) b").text())
                .endsWith(" " + server.api("/v1/quarantine").path("items").size());
        assertThat(page("/").select(".figure:contains(stuck) b").text())
                .endsWith(" "
                        + server.api("/v1/messages?stuck=true").path("items").size());
        JsonNode items = server.api("/v1/messages?status=ERROR").path("items");
        assertThat(page("/ui/messages?status=ERROR").select("#message-table tbody tr"))
                .hasSize(items.size());
        JsonNode account = server.api("/v1/webhooks").path("items").get(0);
        assertThat(page("/").select("#account-table td[data-column=Refused]").text())
                .isEqualTo(account.path("refused").path("count").asText());
    }

    @Test
    void aMessageSaysItsStateAndWhatToDo() throws Exception {
        Document failed = page("/ui/messages/failed-1");
        JsonNode error = server.api("/v1/messages/failed-1").path("error");
        assertThat(failed.select(".sentence").text())
                .contains("ERROR", error.path("title").asText(), "(4770)");
        assertThat(failed.text())
                .contains(error.path("meaning").asText(), error.path("advice").asText());
        assertThat(failed.select("#others td[data-column=Which]").eachText())
                .contains("+12025550100", "A carrier", "Another carrier");
        assertThat(failed.select(".timeline li")).hasSize(1);
        assertThat(failed.select("details pre").text()).contains("\"failed-1\"");
        assertThat(page("/ui/messages/waits").select(".sentence").text()).contains("Stuck for 9 h");
        assertThat(server.get("/ui/messages/failed-1/json", cookie).body()).contains("\"failed-1\"");
        assertThat(server.get("/ui/messages/nobody", cookie).statusCode()).isEqualTo(404);
        assertThat(server.get("/ui/nowhere", cookie).statusCode()).isEqualTo(404);
        assertThat(server.get("/ui/messages?status=LOST", cookie).statusCode()).isEqualTo(400);
    }

    @Test
    void theSearchUnderstandsWhatIsTyped() throws Exception {
        assertThat(search("failed-1")).isEqualTo("/ui/messages/failed-1?provider=bandwidth");
        assertThat(search("+1 (202) 555-0123")).isEqualTo("/ui/messages?to=%2B12025550123");
        assertThat(search("4770")).isEqualTo("/ui/errors/bandwidth/4770");
        assertThat(search("+1202*")).isEqualTo("/ui/messages?to=%2B1202*");
        assertThat(search("${7*7}{{7*7}}@template.x()x")).startsWith("/ui/messages?reference=");
        assertThat(search(" ")).isEqualTo("/ui/messages");
    }

    private String search(String text) throws Exception {
        return server.get("/ui/search?q=" + Place.encoded(text), cookie)
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    @Test
    void aListSaysHowManyAreNewer() throws Exception {
        String newer = page("/ui/messages?from=%2B12025550100").select("#newer").attr("data-hx-get");
        assertThat(server.get(newer, cookie).body()).doesNotContain("newer");
        server.callback("later-1", "message-delivered", null, null);
        server.callback("later-2", "message-delivered", null, null);
        assertThat(server.get(newer, cookie).body()).contains("2 newer, show");
    }

    @Test
    void anIdThatTwoProvidersGaveLeadsToBoth(@TempDir Path folder) throws Exception {
        Map<String, String> twilio = Map.of(
                "TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001",
                "TWILIO_AUTH_TOKEN", "token-of-the-test");
        try (DashboardServer two = new DashboardServer(folder, twilio)) {
            assertThat(two.register(DashboardServer.send("twice", "+12025550100")))
                    .isEqualTo(200);
            assertThat(two.register(
                            DashboardServer.send("twice", "+12025550100").put("provider", "twilio")))
                    .isEqualTo(200);
            String signedIn = two.signIn(DashboardServer.TOKEN);
            HttpResponse<String> which = two.get("/ui/messages/twice", signedIn);
            assertThat(which.statusCode()).isEqualTo(409);
            List<String> ways = Jsoup.parse(which.body()).select("main a").eachAttr("href");
            assertThat(ways)
                    .containsExactlyInAnyOrder(
                            "/ui/messages/twice?provider=bandwidth", "/ui/messages/twice?provider=twilio");
            for (String way : ways) {
                assertThat(two.get(way, signedIn).statusCode()).isEqualTo(200);
            }
            assertThat(HtmlValidator.verdict(which.body())).isEqualTo(HtmlValidator.GOOD);
        }
    }
}
