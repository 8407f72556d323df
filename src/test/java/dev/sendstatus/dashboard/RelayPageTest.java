package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /ui/relay} over HTTP, with a receiver that answers as a test says. */
class RelayPageTest {
    private static final String ONE = "/ui/relay/default";
    private static final String HOSTILE = "<script>alert(1)</script> pay\u202Eexe";

    private final MockWebServer receiver = new MockWebServer();
    private volatile int answer = 200;
    private DashboardServer server;
    private PageForms writer;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        receiver.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder().code(answer).body(HOSTILE).build();
            }
        });
        receiver.start();
        server = new DashboardServer(
                folder, Map.of("SENDSTATUS_RELAY_URL", "http://127.0.0.1:" + receiver.getPort() + "/hook"));
        writer = PageForms.writer(server);
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    private JsonNode endpoint() throws Exception {
        return server.api("/v1/relay/default");
    }

    private JsonNode deliveries(String state) throws Exception {
        return server.api("/v1/relay/default/deliveries?state=" + state).path("items");
    }

    /** Has the receiver refuse the push of one message. */
    private void refuse(String message) throws Exception {
        answer = 400;
        server.callback(message, "message-delivered", null, null);
        await().until(() -> deliveries("retrying").size() == 1);
    }

    private static List<String> cells(Document page, String table, String column) {
        return page.select(table + " td[data-column=" + column + "]").eachText();
    }

    @Test
    void endpointsAndDeliveriesAreTheApis() throws Exception {
        refuse("first");
        JsonNode item = server.api("/v1/relay").path("items").get(0);
        Document list = writer.page("/ui/relay");
        assertThat(cells(list, "#endpoint-table", "Endpoint")).containsExactly("default");
        assertThat(cells(list, "#endpoint-table", "State").get(0))
                .endsWith(item.path("state").asText());
        assertThat(list.select("td[data-column=Behind]").attr("data-number"))
                .isEqualTo(""
                        + (item.path("newest").asLong() - item.path("position").asLong()));
        assertThat(cells(list, "#endpoint-table", "URL"))
                .containsExactly(item.path("url").asText());
        JsonNode delivery = deliveries("retrying").get(0);
        Document page = writer.page(list.select("#endpoint-table a").attr("href"));
        assertThat(cells(page, "#delivery-table", "Change"))
                .containsExactly(delivery.path("sequence").asText());
        assertThat(cells(page, "#delivery-table", "Message")).containsExactly("first");
        assertThat(cells(page, "#delivery-table", "Error"))
                .containsExactly(delivery.path("error").asText());
        assertThat(cells(page, "#delivery-table", "Answer"))
                .containsExactly("<script>alert(1)</script> pay⟨U+202E⟩exe");
        assertThat(page.select("script:not([src])")).isEmpty();
        assertThat(writer.page(ONE + "?state=failed").select("#delivery-table")).isEmpty();
        assertThat(writer.page(ONE + "?state=retrying").select("#delivery-table tbody tr"))
                .hasSize(1);
        assertThat(writer.status(ONE + "?state=lost")).isEqualTo(400);
        assertThat(writer.status("/ui/relay/nobody")).isEqualTo(404);
    }

    @Test
    void whatFailedIsRetriedByAPress() throws Exception {
        refuse("first");
        String sequence = deliveries("retrying").get(0).path("sequence").asText();
        answer = 200;
        Document after = writer.press(writer.page(ONE), ONE + "/deliveries/" + sequence + "/retry", Map.of());
        assertThat(PageForms.said(after)).isEqualTo("Change " + sequence + " is tried again now.");
        await().until(() -> deliveries("delivered").size() == 1);
        assertThat(server.post(ONE + "/deliveries/999/retry", writer.cookie(), Map.of())
                        .statusCode())
                .isEqualTo(404);
        refuse("second");
        answer = 200;
        after = writer.press(writer.page(ONE), ONE + "/retry-failed", Map.of());
        assertThat(PageForms.said(after)).isEqualTo("1 delivery is tried again now.");
        await().until(() -> deliveries("delivered").size() == 2);
    }

    @Test
    void anEndpointIsPausedAndResumed() throws Exception {
        Document paused = writer.press(writer.page(ONE), ONE + "/pause", Map.of());
        assertThat(PageForms.said(paused)).startsWith("It is paused");
        assertThat(endpoint().path("state").asText()).isEqualTo("paused");
        assertThat(paused.select(".badge").text()).contains("paused");
        assertThat(paused.select("form[action$=/pause]")).isEmpty();
        server.callback("first", "message-delivered", null, null);
        assertThat(writer.page("/ui/relay").select("td[data-column=Behind]").attr("data-number"))
                .isEqualTo("1");
        assertThat(PageForms.said(writer.press(paused, ONE + "/resume", Map.of())))
                .startsWith("It is tried now");
        await().until(() -> receiver.getRequestCount() == 1);
    }

    @Test
    void whatChangedSinceATimeIsPushedAgain() throws Exception {
        server.callback("first", "message-delivered", null, null);
        await().until(() -> receiver.getRequestCount() == 1);
        await().until(() -> endpoint().path("position").equals(endpoint().path("newest")));
        Document after = writer.press(writer.page(ONE), ONE + "/recover", Map.of("since", "1h"));
        assertThat(PageForms.said(after)).startsWith("All that changed since ").endsWith("under the same ids.");
        await().until(() -> receiver.getRequestCount() == 2);
        assertThat(server.post(ONE + "/recover", writer.cookie(), Map.of("since", "<script>"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aTestSaysWhatWasAnswered() throws Exception {
        Document good = writer.press(writer.page(ONE), ONE + "/test", Map.of());
        assertThat(PageForms.said(good)).startsWith("The test was taken: HTTP 200, after ");
        assertThat(good.select(".note.good")).hasSize(1);
        answer = 500;
        Document bad = writer.press(writer.page(ONE), ONE + "/test", Map.of());
        assertThat(PageForms.said(bad))
                .startsWith("The test was not taken: HTTP 500: <script>alert(1)</script> pay⟨U+202E⟩exe, after ");
        assertThat(bad.select(".note.bad")).hasSize(1);
    }

    @Test
    void onlyThoseWhoMayWriteHaveButtons() throws Exception {
        refuse("first");
        String retry =
                "/deliveries/" + deliveries("retrying").get(0).path("sequence").asText() + "/retry";
        List<String> actions = Stream.of(retry, "/retry-failed", "/recover", "/pause", "/test")
                .map(action -> ONE + action)
                .toList();
        PageForms reader = PageForms.reader(server);
        PageForms.areForWritersOnly(server, reader, ONE, actions);
        assertThat(server.post(ONE + "/resume", reader.cookie(), Map.of()).statusCode())
                .isEqualTo(403);
        Element row = reader.page(ONE).select("#delivery-table tbody tr").first();
        assertThat(row).isNotNull();
        assertThat(endpoint().path("state").asText()).isEqualTo("active");
    }

    @Test
    void withoutAnEndpointThePageSaysWhatToRun(@TempDir Path other) throws Exception {
        try (DashboardServer without = new DashboardServer(other, Map.of("SENDSTATUS_RELAY_URL", ""))) {
            assertThat(PageForms.writer(without)
                            .page("/ui/relay")
                            .select(".empty .command")
                            .text())
                    .startsWith("scripts/sendstatus relay secret");
        }
    }
}
