package dev.sendstatus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendstatus.app.Adapters;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.TestDatabase;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.TokenScope;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Beside a store that is open, as beside a running server. */
class SqlCommandTest {
    @RegisterExtension
    private final TestDatabase database = TestDatabase.sqlite();

    @TempDir
    private Path home;

    private CliRun run(String... arguments) {
        return CliRun.of(
                Adapters.all(),
                Map.of("SENDSTATUS_DATABASE_URL", database.settings().url()),
                home,
                arguments);
    }

    @Test
    void theAnswerIsPrintedInTheFormatThatIsAskedFor() throws Exception {
        database.store().addToken(new StoredToken("reader", new TokenHash("01"), TokenScope.READ, Instant.EPOCH, null));
        String sql = "SELECT name, scope FROM token";
        assertThat(run("sql", sql)).isEqualTo(new CliRun(0, "name    scope\nreader  read\n", ""));
        assertThat(run("sql", sql, "--format", "csv")).isEqualTo(new CliRun(0, "name,scope\r\nreader,read\r\n", ""));
        assertThat(run("sql", "--format", "json", sql))
                .isEqualTo(new CliRun(0, "[\n{\"name\":\"reader\",\"scope\":\"read\"}\n]\n", ""));
    }

    @Test
    void theStatementIsReadFromTheInput() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("SELECT 'é' AS letter;\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("sql", "-")).isEqualTo(new CliRun(0, "letter\né\n", ""));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aQuestionThatIsNotAnsweredIsOneLineAndExitCodeOne() {
        assertThat(run("sql", "SELECT statsu FROM messages"))
                .isEqualTo(new CliRun(1, "", "The database does not answer: no such column: statsu\n"));
        CliRun changing = run("sql", "DELETE FROM token");
        assertThat(changing.code()).isEqualTo(1);
        assertThat(changing.err())
                .isEqualTo(
                        "The database does not answer: near \"DELETE\": syntax error. Only one statement that reads is taken: SELECT,"
                                + " VALUES, or WITH before a SELECT\n");
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        assertThat(run("sql", " ").code()).isEqualTo(2);
        CliRun format = run("sql", "SELECT 1", "--format", "xml");
        assertThat(format.code()).isEqualTo(2);
        assertThat(format.err()).startsWith("--format is table, csv or json, not xml.");
        assertThat(run("sql", "--help").out()).contains("Examples:", "sendstatus sql \"SELECT");
    }

    @Test
    void aDatabaseThatIsNotThereIsSaid() {
        CliRun run = CliRun.of(
                Adapters.all(),
                Map.of("SENDSTATUS_DATABASE_URL", "jdbc:sqlite:" + home.resolve("none/none.db")),
                home,
                "sql",
                "SELECT 1");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("Cannot read the database: ").doesNotContain("\tat ", "Exception");
    }
}
