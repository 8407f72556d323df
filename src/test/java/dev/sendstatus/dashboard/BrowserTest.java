package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** Every page in a real browser: in light and in the dark, wide and narrow, by keys alone, and with nothing from elsewhere. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private DashboardServer server;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new DashboardServer(folder).filled();
        browser = new Browser(server);
        browser.signIn(DashboardServer.TOKEN);
        assertThat(browser.url()).isEqualTo("/");
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        server.close();
    }

    @BeforeEach
    void asUsual() {
        browser.dark(false);
        browser.narrow(false);
        browser.driver.executeScript("localStorage.clear(); sessionStorage.clear()");
    }

    static List<String> paths() {
        List<String> paths = new ArrayList<>(PagePaths.some());
        paths.addAll(List.of("/ui/sign-in", "/ui/nowhere"));
        return paths;
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aPageCanBeReadByEverybodyOnEveryScreen(String path) throws Exception {
        browser.open(path);
        assertThat(browser.barriers()).as("light").isEmpty();
        browser.dark(true);
        assertThat(browser.barriers()).as("dark").isEmpty();
        browser.narrow(true);
        assertThat(browser.tooWide()).isZero();
        if (path.equals("/ui/nowhere")) {
            // The browser notes every 404 that it gets.
            browser.driver.manage().logs().get("browser");
        }
        browser.checkLogs();
    }

    @Test
    void aLinkThatBringsATokenSignsIn(@TempDir Path folder) throws Exception {
        try (DashboardServer other = new DashboardServer(folder);
                Browser visitor = new Browser(other)) {
            visitor.open("/ui/sign-in?next=%2Fui%2Fmessages#token=" + DashboardServer.TOKEN);
            await().atMost(PATIENCE).until(() -> visitor.url().equals("/ui/messages"));
            visitor.checkLogs();
        }
    }

    @Test
    void keysDoWhatTheListOfKeysSays() {
        browser.open("/");
        browser.press("/");
        assertThat(browser.driver.switchTo().activeElement().getDomAttribute("id"))
                .isEqualTo("search");
        browser.press("failed-1" + Keys.ENTER);
        await().atMost(PATIENCE).until(() -> browser.url().equals("/ui/messages/failed-1?provider=bandwidth"));
        browser.press("m");
        await().atMost(PATIENCE).until(() -> browser.url().equals("/ui/messages"));
        browser.press("?");
        assertThat(browser.element("#keys").isDisplayed()).isTrue();
        browser.element("#keys-on").click();
        browser.press(Keys.ESCAPE);
        assertThat(browser.element("#keys").isDisplayed()).isFalse();
        browser.press("?");
        assertThat(browser.element("#keys").isDisplayed()).as("switched off").isFalse();
        browser.open("/");
        browser.press("/");
        assertThat(browser.driver.switchTo().activeElement().getDomAttribute("id"))
                .isNotEqualTo("search");
    }

    @Test
    void filtersAreAFormAndEachCanBeTakenAway() {
        browser.open("/ui/messages");
        browser.element("#f-error_code").sendKeys("4770" + Keys.ENTER);
        await().atMost(PATIENCE).until(() -> browser.url().equals("/ui/messages?error_code=4770"));
        assertThat(browser.elements("#message-table tbody tr")).hasSize(2);
        browser.element(".chips a").click();
        await().atMost(PATIENCE).until(() -> browser.url().equals("/ui/messages"));
    }

    @Test
    void newMessagesAreAnnouncedAndMoveNothing() throws Exception {
        browser.open("/ui/messages?campaign=&to=%2B12025550123");
        int rows = browser.elements("#message-table tbody tr").size();
        server.callback("newer-1", "message-delivered", null, null);
        browser.press("r");
        await().atMost(PATIENCE).until(() -> browser.element("#newer").getText().equals("1 newer, show"));
        assertThat(browser.elements("#message-table tbody tr")).hasSize(rows);
        browser.element("#newer a").click();
        await().atMost(PATIENCE)
                .until(() -> browser.elements("#message-table tbody tr").size() == rows + 1);
        browser.checkLogs();
    }

    @Test
    void aPauseIsKeptFromPageToPage() {
        browser.open("/");
        browser.element("#pause").click();
        assertThat(browser.element("#pause").getText()).isEqualTo("Go on");
        browser.open("/ui/messages");
        assertThat(browser.element("#pause").getDomAttribute("aria-pressed")).isEqualTo("true");
        browser.press("p");
        assertThat(browser.element("#pause").getText()).isEqualTo("Pause");
    }

    @Test
    void theFirstCallbackShowsItself(@TempDir Path folder) throws Exception {
        try (DashboardServer first = new DashboardServer(folder);
                Browser other = new Browser(first)) {
            other.signIn(DashboardServer.TOKEN);
            assertThat(other.element("#first").getText()).isEqualTo("Waiting for the first callback");
            first.callback("first-1", "message-delivered", null, null);
            await().atMost(PATIENCE).until(() -> other.elements("#first").isEmpty());
            other.checkLogs();
        }
    }

    @Test
    void aPageCanBeReadWithoutScript() throws Exception {
        browser.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            browser.open("/ui/messages?error_code=4770");
            assertThat(browser.elements("#message-table tbody tr")).hasSize(2);
            browser.element("#message-table a").click();
            await().atMost(PATIENCE).until(() -> browser.url().startsWith("/ui/messages/failed-"));
        } finally {
            browser.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }
}
