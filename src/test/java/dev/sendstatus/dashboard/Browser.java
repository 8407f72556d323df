package dev.sendstatus.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium that looks at one server. */
final class Browser implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Set<String> GRAVE = Set.of("serious", "critical");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final ChromeDriver driver;
    private final DashboardServer server;

    Browser(DashboardServer server) {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "Skipped, since there is no Chromium. Debian: apt-get install chromium chromium-driver");
        System.setProperty("webdriver.chrome.driver", DRIVER.toString());
        this.server = server;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,900");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(options);
        driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
    }

    void open(String path) {
        driver.get(server.uri(path).toString());
    }

    /** Signs in as a person does, and waits for the page that comes then. */
    void signIn(String token) {
        open("/");
        element("#token").sendKeys(token);
        element("form.signin button").click();
        await().atMost(PATIENCE).until(() -> !url().startsWith("/ui/sign-in"));
    }

    WebElement element(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> elements(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Presses a key, wherever the focus is. */
    void press(CharSequence key) {
        driver.switchTo().activeElement().sendKeys(key);
    }

    String url() {
        return String.valueOf(driver.getCurrentUrl())
                .substring(server.uri("").toString().length());
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** As wide as a telephone. */
    void narrow(boolean narrow) {
        if (narrow) {
            driver.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", 375, "height", 800, "deviceScaleFactor", 1, "mobile", true));
        } else {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    /** By how many pixels the page is wider than the window. */
    long tooWide() {
        return (Long) Objects.requireNonNull(
                driver.executeScript("return Math.max(0, document.scrollingElement.scrollWidth - window.innerWidth)"));
    }

    /** What seriously hinders people with impairments. */
    List<String> barriers() {
        List<String> barriers = new ArrayList<>();
        AxeRunOptions options = new AxeRunOptions();
        // Without the details of all that is right.
        options.setResultTypes(List.of("violations"));
        AxeBuilder axe = new AxeBuilder().setLegacyMode(true).withOptions(options);
        for (Rule rule : axe.analyze(driver).getViolations()) {
            if (GRAVE.contains(rule.getImpact())) {
                rule.getNodes().forEach(node -> barriers.add(rule.getId() + " at " + node.getHtml()));
            }
        }
        return barriers;
    }

    /** Fails if since the last call the browser complained of anything, or asked anybody else for something. */
    void checkLogs() throws Exception {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue()
                        || entry.getMessage().contains("Content Security Policy"))
                .extracting(LogEntry::getMessage)
                .isEmpty();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = JSON.readTree(entry.getMessage()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                assertThat(message.at("/params/request/url").asText())
                        .startsWith(server.uri("/").toString());
            }
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
