package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /ui/accounts} over HTTP. */
class AccountsPageTest {
    private static final Map<String, String> TWILIO = Map.of(
            "TWILIO_ACCOUNT_SID", "AC" + "0".repeat(32),
            "TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef",
            "SENDSTATUS_PUBLIC_URL", "https://status.example.com");

    @TempDir
    private Path folder;

    private static Document page(DashboardServer server) throws Exception {
        return Jsoup.parse(server.get(AccountsPage.PATH, server.signIn(DashboardServer.TOKEN))
                .body());
    }

    @Test
    void eachAccountHasTheUrlAndTheRefusalsOfTheApi() throws Exception {
        try (DashboardServer server = new DashboardServer(folder, TWILIO)) {
            assertThat(server.send(server.form("/webhooks/twilio", Map.of("MessageSid", "SM1"))
                                    .header("X-Twilio-Signature", "wrong"))
                            .statusCode())
                    .isEqualTo(403);
            server.callback("first", "message-delivered", null, null);
            // Both are counted in memory, and saved every few seconds.
            Awaitility.await()
                    .until(() -> page(server).select("main").text().matches(".* does not fit 1 .*, 1 in this hour .*"));
            JsonNode items = server.api("/v1/webhooks").path("items");
            Elements sections = page(server).select("main section");
            assertThat(sections).hasSize(items.size()).hasSize(2);
            for (int i = 0; i < items.size(); i++) {
                JsonNode item = items.get(i);
                Element section = sections.get(i);
                assertThat(section.select("h2").text())
                        .contains(item.path("provider").asText() + "/"
                                + item.path("account").asText());
                assertThat(section.select("code").text())
                        .isEqualTo(item.path("url").asText());
                assertThat(section.select("button[data-copy]").attr("data-copy"))
                        .isEqualTo(item.path("url").asText());
                assertThat(section.select("ol li").eachText()).isEqualTo(texts(item.path("setup")));
                assertThat(section.text())
                        .contains(item.path("silence").path("text").asText());
                long refused = 0;
                for (Element count : section.select("table td[data-number]")) {
                    refused += Long.parseLong(count.attr("data-number"));
                }
                assertThat(refused).isEqualTo(item.path("refused").path("count").asLong());
                String hint = item.path("refused").path("hint").asText("");
                assertThat(section.text()).contains(hint);
            }
            assertThat(sections.text()).contains("#rc=5");
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    @Test
    void anAccountThatNothingComesForSaysWhyThatIsOrIsNotSilence() throws Exception {
        try (DashboardServer server = new DashboardServer(folder)) {
            assertThat(page(server).select("h2 .badge").text()).contains("never heard");
            server.callback("first", "message-delivered", null, null);
            assertThat(page(server).select("h2 .badge").text()).contains("heard");
            server.clock.forward(Duration.ofHours(2));
            Document page = page(server);
            assertThat(page.select("h2 .badge").text()).contains("quiet");
            assertThat(page.select(".facts").text())
                    .contains("too few weeks are known")
                    .contains("2 h ago");
        }
    }

    @Test
    void withoutAnAccountThePageSaysWhatToRun() throws Exception {
        try (DashboardServer server = new DashboardServer(
                folder, Map.of("BANDWIDTH_CALLBACK_USERNAME", "", "BANDWIDTH_CALLBACK_PASSWORD", ""))) {
            Document page = page(server);
            assertThat(page.select("main section")).isEmpty();
            assertThat(page.select("main .command").text()).isEqualTo("scripts/sendstatus config check");
        }
    }
}
