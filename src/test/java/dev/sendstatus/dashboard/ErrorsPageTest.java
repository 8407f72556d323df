package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

/** The pages of the error codes over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorsPageTest {
    private DashboardServer server;
    private String cookie;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new DashboardServer(folder).filled();
        cookie = server.signIn(DashboardServer.TOKEN);
        server.callback("odd", "message-failed", 4999, null);
        server.callback("odd", "message-failed", 4999, null);
        // Counts are saved every few seconds.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.api("/v1/error-codes/bandwidth/4999")
                                .path("seen")
                                .asInt()
                        == 2);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Document page(String path) throws Exception {
        return Jsoup.parse(server.get(path, cookie).body());
    }

    @Test
    void theCodesThatCameAreThoseOfTheApiTheMostFrequentFirst() throws Exception {
        List<JsonNode> seen = new ArrayList<>();
        server.api("/v1/error-codes").path("items").forEach(item -> {
            if (item.path("seen").asLong() > 0) {
                seen.add(item);
            }
        });
        seen.sort(Comparator.comparingLong(item -> -item.path("seen").asLong()));
        Document page = page("/ui/errors");
        assertThat(page.select("#codes td[data-column=Seen]").eachText())
                .isEqualTo(seen.stream().map(item -> item.path("seen").asText()).toList());
        assertThat(page.select("#codes tr:contains(4770) td[data-column=Title]").text())
                .isEqualTo(server.api("/v1/error-codes/bandwidth/4770")
                        .path("title")
                        .asText());
        assertThat(page.select("#codes th[aria-sort=descending]").text()).startsWith("Seen");
        assertThat(page("/ui/errors?sort=last_seen")
                        .select("#codes th[aria-sort=descending]")
                        .text())
                .startsWith("Last seen");
        assertThat(page("/ui/errors?sort=last_seen")
                        .select("#codes td[data-column=Code]")
                        .first()
                        .text())
                .isEqualTo("4999");
    }

    @Test
    void aCodeThatTheCatalogueLacksIsMarked() throws Exception {
        assertThat(page("/ui/errors").select("#codes tr:contains(4999) .badge").text())
                .contains("unknown");
        assertThat(page("/ui/errors").select("#codes tr:contains(4770) .badge")).isEmpty();
        List<String> unknown = page("/ui/errors?known=false")
                .select("#codes td[data-column=Code]")
                .eachText();
        assertThat(unknown).contains("4999").doesNotContain("4770");
        assertThat(unknown)
                .hasSize(server.api("/v1/error-codes?known=false").path("items").size());
    }

    @Test
    void theWholeCatalogueIsThereToo() throws Exception {
        Element other = page("/ui/errors?provider=twilio").selectFirst("main a:contains(never came)");
        assertThat(page(other.attr("href")).select("#codes tbody tr"))
                .hasSize(server.api("/v1/error-codes?provider=twilio")
                        .path("items")
                        .size());
    }

    @Test
    void eachCodeLeadsToItsMessages() throws Exception {
        Document page = page("/ui/errors");
        for (Element link : page.select("#codes td[data-column=Messages] a")) {
            JsonNode items = server.api(link.attr("href").replace("/ui/messages", "/v1/messages"))
                    .path("items");
            assertThat(items).as(link.attr("href")).isNotEmpty();
        }
        String odd = page.selectFirst("#codes tr:contains(4770) td[data-column=Messages] a")
                .attr("href");
        assertThat(server.api(odd.replace("/ui/messages", "/v1/messages")).path("items"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"bandwidth,4770", "bandwidth,4999", "twilio,30007", "telnyx,40300"})
    void aCodeSaysWhatItMeansAndWhatToDo(String provider, String code) throws Exception {
        JsonNode known = server.api("/v1/error-codes/" + provider + "/" + code);
        Document page = page("/ui/errors/" + provider + "/" + code);
        assertThat(page.select("main").text())
                .contains(
                        known.path("title").asText(),
                        known.path("meaning").asText(),
                        known.path("advice").asText(),
                        known.path("source").asText(),
                        known.path("category").asText().replace('_', ' '))
                .contains(known.path("retryable").asBoolean() ? "may get through later" : "fails again")
                .contains(
                        known.path("seen").asInt() == 0
                                ? "Seen never"
                                : "Seen " + known.path("seen").asInt() + " event");
        assertThat(page.select("dl.facts dd").first().text())
                .startsWith(known.path("charged").asText().replace("unknown", "not known"));
        known.path("charged_by_status")
                .fieldNames()
                .forEachRemaining(status ->
                        assertThat(page.select("dl.facts dd").first().text()).contains("as " + status));
    }

    @ParameterizedTest
    @CsvSource({
        "/ui/errors?provider=nobody, 400",
        "/ui/errors?known=perhaps,   400",
        "/ui/errors?unseen=perhaps,  400",
        "/ui/errors?sort=code,       400",
        "/ui/errors?code=1,          400",
        "/ui/errors/nobody/1,        404"
    })
    void whatIsNotThereIsSaidSo(String path, int status) throws Exception {
        assertThat(server.get(path, cookie).statusCode()).isEqualTo(status);
    }
}
