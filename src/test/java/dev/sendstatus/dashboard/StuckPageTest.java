package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.text.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** What is stuck, and the kept reports, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StuckPageTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DashboardServer server;
    private String cookie;
    private String day;

    /** The first report is made at the start, where its time of the day has come. */
    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new DashboardServer(folder, Map.of("SENDSTATUS_STUCK_REPORT_TIME", "00:00")).filled();
        cookie = server.signIn(DashboardServer.TOKEN);
        register("waits-1", "+12025550111", 7);
        register("waits-2", "+12025550111", 8);
        register("waits-3", "SHORT", 30);
        register("young", "SHORT", 1);
        register("</td></table><img src=x onload=alert(2)>", "javascript:alert(1)", 10);
        server.callback("ended-1", "message-delivered", null, "A carrier");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !server.api("/v1/reports").path("items").isEmpty());
        day = server.api("/v1/reports").path("items").get(0).path("date").asText();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void register(String id, String from, int hours) throws Exception {
        ObjectNode send = JSON.createObjectNode()
                .put("provider", "bandwidth")
                .put("id", id)
                .put("from", from)
                .put("sent_at", Instant.now().minus(Duration.ofHours(hours)).toString());
        send.putArray("to").add("+12025550123");
        HttpResponse<String> answer = server.send(server.request("/v1/messages")
                .header("Authorization", "Bearer " + DashboardServer.TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(send.toString())));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"registered\"");
    }

    private Document page(String path) throws Exception {
        HttpResponse<String> answer = server.get(path, cookie);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    private int items(String list) throws Exception {
        return server.api(list.replace("/ui/messages", "/v1/messages") + "&limit=1000")
                .path("items")
                .size();
    }

    @Test
    void whatIsStuckIsWhatTheApiSaysTheOldestFirst() throws Exception {
        JsonNode report = server.api("/v1/reports/stuck");
        List<String> ids = new ArrayList<>();
        report.path("messages").forEach(item -> ids.add(item.path("id").asText()));
        assertThat(ids)
                .startsWith("waits-3")
                .contains("waits-1", "waits-2", "waits")
                .doesNotContain("young");
        Document page = page("/ui/stuck");
        assertThat(page.select("#stuck td[data-column=Id]").eachText()).isEqualTo(ids);
        assertThat(page.select("#stuck th[aria-sort]").text()).startsWith("Waiting since");
        assertThat(page.select("#stuck tr:contains(waits-3) td[data-column^=Waiting]")
                        .text())
                .startsWith("1 d 6 h");
        assertThat(page.select("#totals b").get(0).text()).endsWith(" " + ids.size());
        assertThat(page.select("#reasons dt").eachText()).contains("Never any callback: " + ids.size() + " messages");
        assertThat(page.select("#reasons dd").text()).contains("webhook address");
    }

    @Test
    void eachLinkedCountLeadsToSoManyMessages() throws Exception {
        Document page = page("/ui/stuck");
        List<Element> links = new ArrayList<>(page.select("#accounts a, #senders a"));
        assertThat(links).hasSizeGreaterThan(2);
        for (Element link : links) {
            assertThat(items(link.attr("href"))).as(link.attr("href")).isEqualTo(Integer.parseInt(link.text()));
        }
        Element all = page.expectFirst("#totals a");
        assertThat(all.text()).contains(" " + items(all.attr("href")) + " stuck");
    }

    @Test
    void whatWaitsStandsBesideHowLongMessagesUsuallyTake() throws Exception {
        JsonNode account =
                server.api("/v1/stats?since=24h&by=account").path("groups").get(0);
        JsonNode latency = account.path("latency_ms");
        long waiting = 0;
        for (JsonNode step : account.path("waiting")) {
            waiting += step.path("messages").asLong();
        }
        long ended = latency.path("messages").asLong();
        // All that ended did so within seconds.
        String share = Figures.percent(BigDecimal.valueOf(ended)
                        .divide(BigDecimal.valueOf(ended + waiting), 6, RoundingMode.HALF_EVEN))
                + " within ";
        Document page = page("/ui/stuck");
        assertThat(page.select("#usual td").eachText())
                .containsExactly(
                        "bandwidth/bandwidth",
                        "1 d 6 h",
                        share + "1 d",
                        StatisticsAnswer.latency(latency.path("p50")),
                        page.expectFirst("#usual td:eq(4)").text(),
                        StatisticsAnswer.latency(latency.path("p99")),
                        String.valueOf(ended));
        assertThat(page.expectFirst("#usual td:eq(4)").text()).matches("[0-9.]+ s");
        assertThat(page.select("#stuck tr:contains(waits-3) td:eq(1)").text()).isEqualTo(share + "1 d");
        assertThat(page.select("#stuck tr:contains(waits-1) td:eq(1)").text()).isEqualTo(share + "6 h");
    }

    @Test
    void aReportOfADayIsAPageAndTwoFiles() throws Exception {
        Document days = page("/ui/reports");
        assertThat(days.select("#days td[data-column=Day]").eachText()).contains(day);
        JsonNode report = server.api("/v1/reports/stuck?date=" + day);
        Document page = page("/ui/reports/" + day);
        assertThat(page.select("h1").text()).isEqualTo("Stuck on " + day);
        assertThat(page.select("#totals b").get(0).text())
                .endsWith(" " + report.path("total").asText());
        HttpResponse<String> json = server.get("/ui/reports/" + day + "/json", cookie);
        assertThat(JSON.readTree(json.body())).isEqualTo(report);
        assertThat(json.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"stuck-" + day + ".json\"");
        HttpResponse<String> csv = server.get("/ui/reports/" + day + "/csv", cookie);
        assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(csv.body())
                .isEqualTo(server.send(server.request("/v1/reports/stuck?format=csv&date=" + day)
                                .header("Authorization", "Bearer " + DashboardServer.TOKEN))
                        .body());
    }

    @Test
    void aReportThatListsHostileTextsIsAPlainPage() throws Exception {
        LocalDate date = LocalDate.parse("2026-01-02");
        ObjectNode report = ((ObjectNode) server.api("/v1/reports/stuck")).put("date", date.toString());
        server.change(store -> store.keep(
                new KeptReport(date, server.clock.instant(), report.toString()), List.of(), server.clock.instant()));
        for (String path : List.of("/ui/reports/" + date, "/ui/stuck", "/ui/reports")) {
            assertThat(HtmlValidator.verdict(server.get(path, cookie).body()))
                    .as(path)
                    .isEqualTo(HtmlValidator.GOOD);
        }
        Document page = page("/ui/reports/" + date);
        assertThat(page.select("img, main script")).isEmpty();
        assertThat(page.select("#stuck td").eachText())
                .contains("</td></table><img src=x onload=alert(2)>", "javascript:alert(1)");
        assertThat(page.select("#stuck tbody tr")).hasSize(report.path("total").asInt());
        assertThat(page.select("#accounts a, #senders a"))
                .as("of that day, not of now")
                .isEmpty();
        for (Element link : page.select("main a")) {
            assertThat(server.get(link.attr("href"), cookie).statusCode())
                    .as(link.attr("href"))
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsStuckNowIsTwoFilesAsWell() throws Exception {
        assertThat(JSON.readTree(server.get("/ui/stuck/json", cookie).body()).path("messages"))
                .hasSize(server.api("/v1/reports/stuck").path("messages").size());
        assertThat(server.get("/ui/stuck/csv", cookie).body()).contains("waits-3");
    }

    @ParameterizedTest
    @CsvSource({
        "/ui/reports/2020-01-01,      404",
        "/ui/reports/2020-01-01/csv,  404",
        "/ui/reports/someday,         400",
        "/ui/reports/someday/json,    400"
    })
    void aDayWithoutAReportIsSaidSo(String path, int status) throws Exception {
        assertThat(server.get(path, cookie).statusCode()).isEqualTo(status);
    }

    @Test
    void whereNothingIsStuckItSaysSo(@TempDir Path folder) throws Exception {
        try (DashboardServer empty = new DashboardServer(folder)) {
            Document page = Jsoup.parse(
                    empty.get("/ui/stuck", empty.signIn(DashboardServer.TOKEN)).body());
            assertThat(page.select(".empty").text()).contains("No message is stuck");
            assertThat(page.select("table")).isEmpty();
        }
    }
}
