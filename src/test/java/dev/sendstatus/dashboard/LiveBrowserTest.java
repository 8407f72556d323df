package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** {@code /ui/live} in a real browser. */
@Tag("slow")
class LiveBrowserTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The page asks every two seconds. */
    private static final Duration SOME_TURNS = Duration.ofSeconds(5);

    private static final int MOST = 200;

    @Test
    void changesComeByThemselvesAndThePageDoesNotGrow(@TempDir Path folder) throws Exception {
        try (DashboardServer server = new DashboardServer(folder);
                Browser browser = new Browser(server)) {
            browser.signIn(DashboardServer.TOKEN);
            browser.open(LivePage.PATH);
            assertThat(browser.element(".empty").isDisplayed()).isTrue();
            for (int i = 0; i < MOST + 50; i++) {
                server.callback("change-" + i, "message-delivered", null, null);
                if (i == MOST / 2) {
                    await().atMost(PATIENCE).until(() -> newest(browser).equals("change-" + MOST / 2));
                }
            }
            await().atMost(PATIENCE).until(() -> newest(browser).equals("change-" + (MOST + 49)));
            assertThat(browser.elements(".feed > li")).hasSize(MOST);
            assertThat(browser.element(".empty").isDisplayed()).isFalse();
            browser.element("#pause").click();
            server.callback("while-paused", "message-delivered", null, null);
            await().during(SOME_TURNS)
                    .atMost(PATIENCE)
                    .until(() -> newest(browser).equals("change-" + (MOST + 49)));
            browser.element("#pause").click();
            await().atMost(PATIENCE).until(() -> newest(browser).equals("while-paused"));
            browser.checkLogs();
        }
    }

    private static String newest(Browser browser) {
        List<WebElement> links = browser.elements(".feed a");
        return links.isEmpty() ? "" : links.get(0).getText();
    }
}
