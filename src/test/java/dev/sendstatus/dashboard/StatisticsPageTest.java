package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.store.StatisticsDimension;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the statistics over HTTP: its figures are those of the API, and each leads to what it counts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatisticsPageTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration KEPT = Duration.ofSeconds(11);

    private DashboardServer server;
    private String cookie;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new DashboardServer(folder).filled();
        cookie = server.signIn(DashboardServer.TOKEN);
        String[] campaigns = {"spring", "autumn", "spring"};
        for (int i = 0; i < 6; i++) {
            register("sent-" + i, i % 2 == 0 ? "+12025550111" : "SHORT", campaigns[i % 3]);
        }
        // One sender in two forms, which the list cannot tell apart.
        register("plus", "+12025550177", "spring");
        register("no-plus", "12025550177", "spring");
        server.callback("sent-0", "message-delivered", null, "A carrier");
        server.callback("sent-1", "message-failed", 4720, "A carrier");
        server.callback("sent-2", "message-failed", 9902, "Another carrier");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void register(String id, String from, String campaign) throws Exception {
        ObjectNode send = JSON.createObjectNode()
                .put("provider", "bandwidth")
                .put("id", id)
                .put("from", from)
                .put("campaign", campaign)
                .put("sent_at", Instant.now().minusSeconds(30).toString());
        send.putArray("to").add("+12025550123");
        send.putArray("tags").add("tag of " + campaign).add("all");
        send.putArray("link_domains").add(campaign + ".example");
        assertThat(server.send(server.request("/v1/messages")
                                .header("Authorization", "Bearer " + DashboardServer.TOKEN)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(send.toString())))
                        .statusCode())
                .isEqualTo(200);
    }

    private Document page(String path) throws Exception {
        return Jsoup.parse(server.get(path, cookie).body());
    }

    private int items(String list) throws Exception {
        return server.api(list.replace("/ui/messages", "/v1/messages") + "&limit=1000")
                .path("items")
                .size();
    }

    private static int number(Element element) {
        return Integer.parseInt(element.text().replaceAll("[^0-9]", ""));
    }

    @ParameterizedTest
    @EnumSource(StatisticsDimension.class)
    void eachLinkedFigureLeadsToSoManyMessages(StatisticsDimension by) throws Exception {
        Document page = page("/ui/statistics?since=24h&by=" + by.word());
        List<Element> links = new ArrayList<>(page.select("#totals a"));
        links.addAll(page.select("#groups td a"));
        links.addAll(page.select("[aria-labelledby=open] p a"));
        assertThat(links).hasSizeGreaterThan(10);
        int counted = 0;
        for (Element link : links) {
            Element figure = link.select("b").isEmpty() ? link : link.expectFirst("b");
            assertThat(items(link.attr("href"))).as(link.attr("href")).isEqualTo(number(figure));
            counted += number(figure);
        }
        assertThat(counted).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource(StatisticsDimension.class)
    void theTableHasTheFiguresOfTheApi(StatisticsDimension by) throws Exception {
        JsonNode answer = server.api("/v1/stats?since=24h&by=" + by.word());
        Document page = page("/ui/statistics?since=24h&by=" + by.word());
        List<String> expected = new ArrayList<>();
        // The API has no p95; it lies between p90 and p99.
        List<String> p95 = page.select("#groups td[data-column=p95]").eachText();
        for (JsonNode group : answer.path("groups")) {
            JsonNode status = group.path("status");
            expected.add(String.join(
                    " ",
                    group.path("messages").asText(),
                    status.path("SENT").asText(),
                    status.path("DELIVERED").asText(),
                    status.path("ERROR").asText(),
                    StatisticsAnswer.rate(group.path("delivery_rate")),
                    StatisticsAnswer.rate(group.path("error_rate")),
                    group.path("stuck").asText(),
                    StatisticsAnswer.latency(group.path("latency_ms").path("p50")),
                    StatisticsAnswer.latency(group.path("latency_ms").path("p90")),
                    p95.get(expected.size()),
                    StatisticsAnswer.latency(group.path("latency_ms").path("p99")),
                    group.path("charged_failures").asText(),
                    "–"));
        }
        assertThat(expected).isNotEmpty();
        assertThat(page.select("#groups tbody tr").stream()
                        .map(row -> row.select("td").stream()
                                .skip(1)
                                .map(Element::text)
                                .collect(Collectors.joining(" "))))
                .containsExactlyElementsOf(expected);
        List<String> waiting = new ArrayList<>();
        answer.path("total")
                .path("waiting")
                .forEach(step -> waiting.add(step.path("messages").asText()));
        assertThat(page.select("#waiting td[data-column=Messages]").eachText()).isEqualTo(waiting);
        assertThat(page.select("#totals b").eachText().get(0))
                .endsWith(" " + answer.path("total").path("messages").asText());
        assertThat(page.select("#failures + p").text())
                .startsWith(answer.path("total").path("charged_failures").asText() + " failure");
    }

    @Test
    void carriersByTheHourSayTheirShareThatFailedByNumberAndColour() throws Exception {
        Document page = page("/ui/statistics?since=24h&by=carrier");
        assertThat(page.select("#hours thead th")).hasSize(25);
        Element carrier = page.expectFirst("#hours tr:contains(A carrier)");
        List<Element> cells = carrier.select("td").stream()
                .filter(cell -> !cell.text().isEmpty())
                .toList();
        long messages = 0;
        long failed = 0;
        for (Element cell : cells) {
            String[] words = cell.attr("title").split(" ", -1);
            assertThat(cell.attr("title")).matches("\\d+ of \\d+ messages? failed");
            failed += Long.parseLong(words[0]);
            messages += Long.parseLong(words[2]);
            assertThat(Long.parseLong(cell.text()))
                    .isEqualTo(Math.round(100.0 * Long.parseLong(words[0]) / Long.parseLong(words[2])));
            assertThat(cell.className()).isEqualTo(words[0].equals("0") ? "heat-0" : "heat-5");
        }
        JsonNode group = StreamSupport.stream(
                        server.api("/v1/stats?since=24h&by=carrier")
                                .path("groups")
                                .spliterator(),
                        false)
                .filter(one -> one.path("carrier").asText().equals("A carrier"))
                .findFirst()
                .orElseThrow();
        assertThat(messages).isEqualTo(group.path("messages").asLong());
        assertThat(failed)
                .isPositive()
                .isEqualTo(group.path("status").path("ERROR").asLong());
        assertThat(page("/ui/statistics?since=24h&by=hour").select("#hours")).isEmpty();
    }

    @Test
    void aSenderThatTheListCannotTellFromAnotherHasNoLink() throws Exception {
        Document page = page("/ui/statistics?since=24h&by=from");
        assertThat(page.select("#groups tr:contains(12025550177)")).hasSize(2);
        assertThat(page.select("#groups tr:contains(12025550177) a")).isEmpty();
        assertThat(page.select("#groups tr:contains(+12025550111) a")).hasSize(5);
    }

    @Test
    void eachChartIsDrawnFromColumnsOfATableBesideIt() throws Exception {
        Document page = page("/ui/statistics?since=24h&by=carrier");
        assertThat(page.select("canvas")).hasSize(4);
        for (Element canvas : page.select("canvas")) {
            assertThat(canvas.attr("role")).isEqualTo("img");
            assertThat(canvas.attr("aria-label")).isNotEmpty();
            for (String column : canvas.attr("data-columns").split(",", -1)) {
                assertThat(page.select(
                                "#" + canvas.attr("data-table") + " td[data-column='" + column + "'][data-number]"))
                        .as(column)
                        .isNotEmpty();
            }
        }
        assertThat(page.select("script[src*=chart]")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "since=24h&by=hour,                    Hour (UTC),       ascending",
        "since=24h&by=from,                    Messages,         descending",
        "since=24h&by=from&sort=error,         Failed,           descending",
        "since=24h&by=hour&sort=delivered,     Delivered,        descending",
        "since=24h&by=campaign&sort=charged_failures_cost, Their cost, descending"
    })
    void theTableSaysWhichColumnItIsSortedBy(String query, String column, String way) throws Exception {
        Document page = page("/ui/statistics?" + query);
        assertThat(page.select("#groups th[aria-sort]")).hasSize(1);
        Element sorted = page.expectFirst("#groups th[aria-sort]");
        assertThat(sorted.text()).startsWith(column);
        assertThat(sorted.attr("aria-sort")).isEqualTo(way);
        if (way.equals("descending") && !column.equals("Their cost")) {
            assertThat(page.select("#groups td[data-column='" + column + "']").stream()
                            .map(StatisticsPageTest::number))
                    .isSortedAccordingTo((one, other) -> Integer.compare(other, one));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=never",
                "until=2026-13-01",
                "since=1h&until=2h",
                "by=colour",
                "sort=colour",
                "who=me",
                "since=1h&since=2h"
            })
    void aParameterThatIsNotUnderstoodIsRefused(String query) throws Exception {
        assertThat(server.get("/ui/statistics?" + query, cookie).statusCode()).isEqualTo(400);
        assertThat(server.get("/ui/statistics/json?" + query, cookie).statusCode())
                .isEqualTo(query.startsWith("sort") ? 200 : 400);
    }

    @Test
    void theRangesAreLinksAndTodayIsTheUsualOne() throws Exception {
        Document page = page("/ui/statistics");
        assertThat(page.select("[aria-label='Ranges of time'] a[aria-current]").text())
                .isEqualTo("Today");
        assertThat(page.select("#f-since").val()).isEqualTo("today");
        assertThat(page.select("#f-by option[selected]").val()).isEqualTo("hour");
        for (Element range : page.select("[aria-label='Ranges of time'] a")) {
            Document other = page(range.attr("href"));
            assertThat(other.select("[aria-label='Ranges of time'] a[aria-current]")
                            .text())
                    .isEqualTo(range.text());
        }
        assertThat(page("/ui/statistics?since=28d")
                        .select("#f-by option[selected]")
                        .val())
                .isEqualTo("day");
    }

    @Test
    void itComparesWithTheSameTimeOfADayBefore(@TempDir Path folder) throws Exception {
        try (DashboardServer other = new DashboardServer(folder)) {
            other.callback("one", "message-delivered", null, null);
            other.callback("two", "message-failed", 4720, null);
            other.clock.forward(Duration.ofDays(1).plusMinutes(1));
            Document page = Jsoup.parse(other.get("/ui/statistics?since=1h", other.signIn(DashboardServer.TOKEN))
                    .body());
            assertThat(page.select("#totals .figure").get(0).text()).endsWith("before: 2");
            assertThat(page.select("#totals .figure").get(1).text()).endsWith("before: 50.0 %");
            assertThat(page.select("main").text()).contains("Before is the same time 1 d earlier");
        }
    }

    @Test
    void anAnswerIsKeptForTenSeconds(@TempDir Path folder) throws Exception {
        try (DashboardServer other = new DashboardServer(folder)) {
            String session = other.signIn(DashboardServer.TOKEN);
            String path = "/ui/statistics?since=24h";
            assertThat(first(other.get(path, session).body())).isZero();
            other.callback("later", "message-delivered", null, null);
            assertThat(first(other.get(path, session).body())).isZero();
            other.clock.forward(KEPT);
            assertThat(first(other.get(path, session).body())).isEqualTo(1);
        }
    }

    private static int first(String html) {
        return number(Jsoup.parse(html).select("#totals b").get(0));
    }

    @Test
    void theJsonIsTheApis() throws Exception {
        JsonNode own = JSON.readTree(
                server.get("/ui/statistics/json?since=24h&by=carrier", cookie).body());
        JsonNode other = server.api("/v1/stats?since=24h&by=carrier");
        assertThat(own.path("groups")).isEqualTo(other.path("groups"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                              | –
            0.00750 USD                     | 0.0075 USD
            10.00000 USD, 3.123456 EUR      | 10 USD, 3.1235 EUR""")
    void aCostIsShownWithItsCurrency(String given, String shown) {
        ArrayNode cost = JSON.createArrayNode();
        for (String one : given.isEmpty() ? new String[0] : given.split(", ", -1)) {
            String[] parts = one.split(" ", 2);
            cost.addObject().put("amount", parts[0]).put("currency", parts[1]);
        }
        assertThat(StatisticsAnswer.cost(cost)).isEqualTo(shown);
    }
}
