package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TextMessage;
import dev.sendstatus.store.jdbc.Store;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailCommandTest {
    @TempDir
    private Path folder;

    private TwilioHome home;

    @BeforeEach
    void fill() throws Exception {
        home = TwilioHome.fill(folder);
    }

    private Store store() throws Exception {
        return Store.open(TestDatabase.dialect(new DatabaseSettings(home.database(), null, null)));
    }

    @Test
    void allThatIsKeptIsShownALineEach() {
        CliRun run = home.run("tail", "--after", "0", "--limit", "4");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "2026-11-25T12:00:00Z  twilio  main  SM1  +12025550143  ERROR  undelivered  30007  spam_filter",
                        "2026-11-25T12:00:00Z  twilio  main  SM2  +12025550143  DELIVERED  delivered",
                        "2026-11-25T12:00:00Z  twilio  main  SM3  +13035550199  SENT  sent",
                        "2026-11-25T12:00:00Z  twilio  main  SM4  +12025550100  DELIVERED  received");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --status ERROR            | SM1
            --to 1202555014* --limit 2| SM1 SM2
            --direction inbound       | SM4
            --carrier AT&T            | SM3
            --after 2                 | SM3
            """)
    void jsonIsTheApisAndFiltersAreThoseOfTheApi(String filters, String expected) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("tail", "--json"));
        arguments.addAll(List.of(filters.split(" ")));
        if (!filters.contains("--after")) {
            arguments.addAll(List.of("--after", "0"));
        }
        if (!filters.contains("--limit")) {
            arguments.addAll(List.of("--limit", "1"));
        }
        List<String> ids = new ArrayList<>();
        for (String line :
                home.run(arguments.toArray(String[]::new)).out().lines().toList()) {
            JsonNode item = new JsonMapper().readTree(line);
            assertThat(item.path("type").asText()).startsWith("message.");
            ids.add(item.path("id").asText());
        }
        assertThat(String.join(" ", ids)).isEqualTo(expected);
    }

    /** As beside a running server. */
    @Test
    void withoutAPositionItShowsWhatComesFromNowOn() throws Exception {
        StringWriter out = new StringWriter();
        try (Store store = store()) {
            CompletableFuture<CliRun> tail = CompletableFuture.supplyAsync(
                    () -> home.run(out, new CliContext.Terminal(true, false, 200, false), "tail", "--limit", "2"));
            TextMessage message = TextMessage.in(store, TwilioHome.ACCOUNT, "SM9");
            // Nobody can tell from outside when it has begun to look.
            await().pollInSameThread().atMost(20, TimeUnit.SECONDS).until(() -> {
                TextMessage.in(store, TwilioHome.ACCOUNT, "other")
                        .sentAt(TwilioHome.NOW.plusMillis(System.nanoTime() % 1_000_000));
                return out.toString().contains("other") || tail.isDone();
            });
            message.failedAt(TwilioHome.NOW);
            CliRun run = tail.get(20, TimeUnit.SECONDS);
            assertThat(run.code()).as(run.err()).isZero();
        }
        assertThat(out.toString())
                .doesNotContain("SM1")
                .contains("SM9  +12025550123  \u001b[31mERROR\u001b[0m  failed");
    }

    @Test
    void aPositionThatIsNotKeptIsExplained() {
        CliRun run = home.run("tail", "--after", "99");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "What came after 99 cannot be shown: all changes from 0 to 4 are kept. --after 0 begins with the"
                                + " oldest.\n");
        CliRun usage = home.run("tail", "--after", "-1");
        assertThat(usage.code()).isEqualTo(2);
        assertThat(home.run("tail", "--stuck", "true").code()).isEqualTo(2);
    }
}
