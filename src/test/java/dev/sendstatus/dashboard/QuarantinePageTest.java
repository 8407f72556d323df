package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /ui/quarantine} over HTTP. */
class QuarantinePageTest {
    private static final AccountName ACCOUNT = new AccountName(new Provider("bandwidth"), "bandwidth");
    private static final String PATH = QuarantinePage.PATH;
    private static final String UNDERSTOOD = "[{\"type\":\"message-delivered\",\"time\":\"2026-11-30T10:00:00Z\","
            + "\"to\":\"+12025550123\",\"description\":\"ok\",\"message\":{\"id\":\"later\",\"direction\":\"out\","
            + "\"from\":\"+12025550100\",\"to\":[\"+12025550123\"],\"time\":\"2026-11-30T09:59:58Z\"}}]";

    private DashboardServer server;
    private PageForms writer;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        server = new DashboardServer(folder);
        writer = PageForms.writer(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void keep(byte[] body, String reason) throws Exception {
        server.change(store -> store.commit(List.of(new Incoming(
                ACCOUNT,
                Source.WEBHOOK,
                Instant.now(),
                new RawCallback("POST", null, "application/json", body),
                List.of(),
                reason))));
    }

    private void keep(String body, String reason) throws Exception {
        keep(body.getBytes(StandardCharsets.UTF_8), reason);
    }

    /** @return of the newest */
    private String number() throws Exception {
        return server.api("/v1/quarantine").path("items").get(0).path("number").asText();
    }

    @Test
    void anEmptyQuarantineSaysWhatToRunAfterAnUpgrade() throws Exception {
        assertThat(writer.page(PATH).select(".empty .command").text())
                .isEqualTo("scripts/sendstatus replay --quarantined");
    }

    @Test
    void theListIsTheApisInPartsOfFifty() throws Exception {
        for (int i = 0; i < 60; i++) {
            keep("[{\"type\":\"message-teleported\",\"n\":" + i + "}]", "reason " + i);
        }
        JsonNode items = server.api("/v1/quarantine?limit=100").path("items");
        Document first = writer.page(PATH);
        Elements rows = first.select("#quarantine-table tbody tr");
        assertThat(rows).hasSize(50);
        Document second = writer.page(first.select(".pager a[rel=next]").attr("href"));
        rows.addAll(second.select("#quarantine-table tbody tr"));
        assertThat(second.select(".pager a[rel=next]")).isEmpty();
        assertThat(rows).hasSize(items.size()).hasSize(60);
        for (int i = 0; i < items.size(); i++) {
            Element row = rows.get(i);
            assertThat(row.select("td[data-column=Number]").text())
                    .isEqualTo(items.get(i).path("number").asText());
            assertThat(row.select("td[data-column=Reason]").text())
                    .isEqualTo(items.get(i).path("reason").asText());
            assertThat(row.select("td[data-column=Bytes]").attr("data-number"))
                    .isEqualTo(items.get(i).path("size").asText());
        }
    }

    @Test
    void theBytesAreShownAsTextThatCannotLie() throws Exception {
        keep("<script>alert(1)</script> pay\u202Eexe.gnp \u0007\u0085", "</td><script>alert(2)</script>\u202E");
        Document page = writer.page(PATH + "/" + number());
        assertThat(page.select("script:not([src])")).isEmpty();
        assertThat(page.select("pre").text()).isEqualTo("<script>alert(1)</script> pay⟨U+202E⟩exe.gnp ␇⟨U+0085⟩");
        assertThat(page.select(".facts").text()).contains("</td><script>alert(2)</script>");
    }

    @Test
    void bytesThatAreNoTextAreShownInBase64() throws Exception {
        byte[] bytes = {(byte) 0xff, 0, (byte) 0x80};
        keep(bytes, "not JSON");
        Document page = writer.page(PATH + "/" + number());
        assertThat(page.select("pre").text()).isEqualTo(Base64.getEncoder().encodeToString(bytes));
        assertThat(page.select("#raw + p").text()).startsWith("In Base64");
    }

    @Test
    void aCallbackThatThisVersionUnderstandsLeavesTheQuarantine() throws Exception {
        keep(UNDERSTOOD, "an older version did not understand it");
        String number = number();
        Document after = writer.press(writer.page(PATH), PATH + "/" + number + "/replay", Map.of());
        assertThat(PageForms.said(after))
                .isEqualTo("Callback " + number
                        + " is understood now: 1 event, 1 of them new. It has left the quarantine.");
        assertThat(PageForms.said(writer.page(PATH))).isEmpty();
        assertThat(server.api("/v1/quarantine").path("items")).isEmpty();
        assertThat(server.api("/v1/messages/later").path("status").asText()).isEqualTo("DELIVERED");
        assertThat(writer.status(PATH + "/" + number)).isEqualTo(404);
    }

    @Test
    void aCallbackThatIsStillNotUnderstoodStays() throws Exception {
        keep("[{\"type\":\"message-teleported\"}]", "some reason");
        String path = PATH + "/" + number();
        Document after = writer.press(writer.page(path), path + "/replay", Map.of());
        assertThat(PageForms.said(after)).contains("is still not understood by this version");
        assertThat(server.api("/v1/quarantine").path("items")).hasSize(1);
    }

    @Test
    void thoseWhoMayOnlyReadSeeTheListWithoutTheBytes() throws Exception {
        keep("[{\"type\":\"message-teleported\",\"text\":\"secret words\"}]", "some reason");
        String path = PATH + "/" + number();
        PageForms reader = PageForms.reader(server);
        PageForms.areForWritersOnly(server, reader, PATH, List.of(path + "/replay"));
        assertThat(reader.page(PATH).select("#quarantine-table tbody tr")).hasSize(1);
        assertThat(reader.page(PATH).select("#quarantine-table a")).isEmpty();
        assertThat(reader.status(path)).isEqualTo(403);
        assertThat(server.get(path, reader.cookie()).body()).doesNotContain("secret words");
    }

    @Test
    void whatIsNoNumberOfTheQuarantineIsNotFound() throws Exception {
        for (String number : List.of("999", "0", "-1", "1x", "99999999999999999999", "%20")) {
            assertThat(writer.status(PATH + "/" + number)).as(number).isEqualTo(404);
        }
        assertThat(writer.status(PATH + "?cursor=nonsense")).isEqualTo(400);
    }
}
