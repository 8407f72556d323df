package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Severity;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /ui/alerts} over HTTP, with a channel that answers as a test says. */
class AlertsPageTest {
    private static final String PATH = AlertsPage.PATH;
    private static final String HOSTILE = "<script>alert(1)</script> pay\u202Eexe";
    private static final String SHOWN = "<script>alert(1)</script> pay⟨U+202E⟩exe";
    private static final String TEST = AlertsPage.CHANNELS + "/mine/test";

    private final MockWebServer chat = new MockWebServer();
    private DashboardServer server;
    private PageForms writer;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        chat.start();
        server = new DashboardServer(
                folder, Map.of("SENDSTATUS_CHAT_URL", "http://127.0.0.1:" + chat.getPort() + "/secret-path"));
        writer = PageForms.writer(server);
    }

    @AfterEach
    void stop() {
        server.close();
        chat.close();
    }

    /** An alert of a rule that the server does not know, and so neither finds nor ends. @return its number */
    private String alert(String key, Alert.State state) throws Exception {
        Instant since = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        server.change(store -> store.alerts().add(pending(0, key, since)));
        long id =
                server.api("/v1/alerts?limit=1").path("items").get(0).path("id").asLong();
        Alert added = pending(id, key, since);
        server.change(store -> store.alerts().change(added, added.in(state, since), null, List.of()));
        return Long.toString(id);
    }

    private static Alert pending(long id, String key, Instant since) {
        return new Alert(
                id,
                "of_this_test",
                key,
                Alert.State.PENDING,
                Severity.WARNING,
                since,
                null,
                null,
                0.3,
                0.012,
                1_200L,
                List.of("from +12025550100 " + HOSTILE, "carrier Two"),
                "30 % of the messages were rejected as spam. " + HOSTILE,
                "Look at the texts.",
                null,
                null,
                null,
                null);
    }

    @Test
    void whereNothingIsWrongThePageSaysSo() throws Exception {
        Document page = writer.page(PATH);
        assertThat(page.select("#live .command").text()).isEqualTo("scripts/sendstatus alerts list");
        assertThat(writer.page("/").select(".figure:contains(firing) b").text()).endsWith("nothing");
    }

    @Test
    void theListIsTheApis() throws Exception {
        alert("bandwidth/bandwidth", Alert.State.FIRING);
        alert("bandwidth/bandwidth campaign=vote", Alert.State.RESOLVED);
        JsonNode items = server.api("/v1/alerts").path("items");
        Elements rows = writer.page(PATH).select("#alert-table tbody tr");
        assertThat(rows).hasSize(items.size()).hasSize(2);
        for (int i = 0; i < items.size(); i++) {
            Element row = rows.get(i);
            assertThat(row.select("a").attr("href"))
                    .isEqualTo(PATH + "/" + items.get(i).path("id").asText());
            assertThat(row.select("td[data-column=Rule]").text())
                    .isEqualTo(items.get(i).path("rule").asText());
            assertThat(row.select("td[data-column=About]").text())
                    .isEqualTo(items.get(i).path("key").asText());
            assertThat(row.expectFirst(".badge").text())
                    .endsWith(items.get(i).path("state").asText());
            assertThat(row.select("td[data-column=Now]").text()).isEqualTo("30.0 %");
            assertThat(row.select("td[data-column=Usual]").text()).isEqualTo("1.2 %");
        }
        assertThat(writer.page(PATH + "?state=firing").select("#alert-table tbody tr"))
                .hasSize(1);
        assertThat(writer.status(PATH + "?state=asleep")).isEqualTo(400);
    }

    @Test
    void anAlertSaysWhatHowMuchAndWhatToDoAsTextOnly() throws Exception {
        String path = PATH + "/" + alert("bandwidth/bandwidth", Alert.State.FIRING);
        Document page = writer.page(path);
        assertThat(page.select(".sentence").text()).contains("firing", "warning", "rejected as spam. " + SHOWN);
        assertThat(page.select("#parts + ul li").eachText())
                .containsExactly("from +12025550100 " + SHOWN, "carrier Two");
        assertThat(page.select("#advice + p").text()).isEqualTo("Look at the texts.");
        assertThat(page.select(".facts").text()).contains("30.0 %", "1.2 %", "Of so many 1,200");
        assertThat(page.select("script:not([src])")).isEmpty();
        for (String id : List.of("99", "x", "-1")) {
            assertThat(writer.status(PATH + "/" + id)).as(id).isEqualTo(404);
        }
    }

    @Test
    void aPersonSilencesAnAlert() throws Exception {
        String id = alert("bandwidth/bandwidth", Alert.State.FIRING);
        String path = PATH + "/" + id;
        assertThat(writer.page("/").select(".figure:contains(firing) b").text()).endsWith(" 1");
        Document after = writer.press(
                writer.page(path), path + "/silence", Map.of("until", "4h", "comment", "known " + HOSTILE));
        assertThat(PageForms.said(after)).startsWith("Nobody is told of it until ");
        assertThat(after.select(".sentence .badge").text()).contains("silenced");
        assertThat(after.select(".facts").text()).contains("known " + SHOWN);
        JsonNode alert = server.api("/v1/alerts/" + id);
        assertThat(Instant.parse(alert.path("silenced_until").asText()))
                .isBetween(
                        Instant.now().plus(3, ChronoUnit.HOURS), Instant.now().plus(4, ChronoUnit.HOURS));
        Element figure = writer.page("/").expectFirst(".figure:contains(firing)");
        assertThat(figure.text()).contains("nothing", "1 more silenced");
        for (Map<String, String> wrong : List.of(
                Map.of("until", "2020-01-01"),
                Map.of("until", ""),
                Map.of("until", "4h", "comment", "x".repeat(1_001)))) {
            assertThat(server.post(path + "/silence", writer.cookie(), wrong).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void anAlertThatEndedCannotBeSilenced() throws Exception {
        String path = PATH + "/" + alert("bandwidth/bandwidth", Alert.State.RESOLVED);
        assertThat(writer.page(path).select("form[action$=/silence]")).isEmpty();
        assertThat(server.post(path + "/silence", writer.cookie(), Map.of("until", "4h"))
                        .headers()
                        .firstValue("Location"))
                .hasValue(path);
        assertThat(server.post(PATH + "/99/silence", writer.cookie(), Map.of("until", "4h"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aChannelIsTriedAndItsUrlIsNotShown() throws Exception {
        chat.enqueue(new MockResponse.Builder().code(200).body("ok").build());
        Document page = writer.page(PATH);
        assertThat(page.select("#channel-table td").eachText()).contains("chat", "slack", "warning and above");
        assertThat(page.html()).doesNotContain("secret-path");
        String test = TEST.replace("mine", "chat");
        assertThat(PageForms.said(writer.press(page, test, Map.of()))).startsWith("The channel chat took the test: ");
        RecordedRequest request = chat.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/secret-path");
        chat.enqueue(new MockResponse.Builder().code(403).body(HOSTILE).build());
        Document after = writer.press(page, test, Map.of());
        assertThat(PageForms.said(after)).startsWith("The channel chat did not take the test: ");
        assertThat(after.select("script:not([src])")).isEmpty();
        assertThat(after.html()).doesNotContain("secret-path");
        assertThat(server.post(TEST, writer.cookie(), Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void onlyThoseWhoMayWriteHaveButtons() throws Exception {
        String path = PATH + "/" + alert("bandwidth/bandwidth", Alert.State.FIRING);
        PageForms reader = PageForms.reader(server);
        PageForms.areForWritersOnly(server, reader, path, List.of(path + "/silence"));
        PageForms.areForWritersOnly(server, reader, PATH, List.of(TEST.replace("mine", "chat")));
        assertThat(chat.getRequestCount()).isZero();
        assertThat(server.api("/v1/alerts?state=firing")
                        .path("items")
                        .get(0)
                        .path("silenced_until")
                        .isNull())
                .isTrue();
    }

    @Test
    void withoutAChannelThePageSaysWhatToRun(@TempDir Path other) throws Exception {
        try (DashboardServer without = new DashboardServer(other)) {
            assertThat(PageForms.writer(without)
                            .page(PATH)
                            .select("section .command")
                            .text())
                    .contains("scripts/sendstatus config check");
        }
    }
}
