package dev.sendstatus.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.query.AnswerFormat;
import dev.sendstatus.store.CollectedAnswer;
import dev.sendstatus.store.TestDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The questions of docs/sql.md are asked as they stand there, of both databases, and both give the same answer. */
@Tag("slow")
class SqlDocumentTest {
    private static final Pattern QUESTION = Pattern.compile("(?ms)^### (\\d+\\. [^\n]+)\n(.*?)(?=^### |\\z)");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z ]+)\n(.*?)^```$");
    private static final Pattern VIEW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| [^|]+ \\| `([^`]+)` \\|$");
    /** A view, and conditions on its columns. */
    private static final Pattern SERVED = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (`[^`|]+`(?:, `[^`|]+`)*) \\|$");

    private static final Set<String> NUMBERS = Set.of("sequence", "number");
    /** How SQLite says that it looks at all rows, but for the two indexes that hold only the rows that are asked for. */
    private static final Pattern SCANNED =
            Pattern.compile("(?m)^SCAN (?!.*INDEX (message_conflict|callback_quarantined)$)");
    /** How PostgreSQL says that it looks at rows to find out whether they are asked for. */
    private static final Pattern FILTERED = Pattern.compile("(?m)^ *Filter:");

    /** @param one what one of the rows has */
    private record Known(int rows, Map<String, String> one) {}

    /** Of each question. Counted from the rules of {@link SampleCampaigns} by a program that has no database. */
    private static final List<Known> KNOWN = List.of(
            new Known(15, Map.of("error_code", "40001", "carrier", "AT&T", "failed", "7")),
            new Known(3, Map.of("campaign", "vote", "messages", "122", "delivered", "73", "failed", "41")),
            new Known(3, Map.of("link_domain", "example.org", "failed", "42", "cost", "0.189", "cost_currency", "USD")),
            new Known(3, Map.of("provider", "telnyx", "receipts", "84", "p50_seconds", "9.57", "p95_seconds", "17.01")),
            new Known(4, Map.of("sender", "+12025550191", "messages", "105", "filtered", "14")),
            new Known(5, Map.of("campaign", "vote", "tag", "first", "messages", "17", "opted_out", "4")),
            new Known(2, Map.of("provider", "twilio", "stuck", "7", "since", "2026-11-16T16:24:00.000Z")),
            new Known(21, Map.of("hour", "2026-11-16T09", "provider", "telnyx", "callbacks", "6", "bytes", "112")),
            new Known(142, Map.of("campaign", "autumn", "recipient", "+12025550002", "messages", "3")),
            new Known(
                    9, Map.of("provider", "twilio", "error_category", "spam_filter", "failed", "14", "segments", "28")),
            new Known(7, Map.of("day", "2026-11-16", "messages", "60", "delivered", "36", "failed", "19", "sent", "5")),
            new Known(1, Map.of("recipient", "+12025550006", "messages", "9", "a_code", "99999")),
            new Known(3, Map.of("carrier", "AT&T", "recipients", "176", "unconfirmed", "11")),
            new Known(3, Map.of("occurred_at", "2026-11-16T09:07:01.530Z", "status", "DELIVERED", "changed", "1")),
            new Known(6, Map.of("provider", "telnyx", "account", "main", "not_understood", "1")));

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private final TestDatabase sqlite = TestDatabase.sqlite();

    @RegisterExtension
    private final TestDatabase postgres = TestDatabase.postgres();

    @BeforeEach
    void fill() throws Exception {
        SampleCampaigns.fill(sqlite.store());
        SampleCampaigns.fill(postgres.store());
    }

    /** @param blocks the texts of its blocks, by what stands behind their first fence */
    private record Question(String title, Map<String, String> blocks) {
        int number() {
            return Integer.parseInt(title.substring(0, title.indexOf('.')));
        }

        String of(String database) {
            return blocks.getOrDefault("sql " + database, blocks.getOrDefault("sql", ""));
        }
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("docs/sql.md"));
    }

    private static List<Question> questions() throws IOException {
        List<Question> questions = new ArrayList<>();
        Matcher question = QUESTION.matcher(document());
        while (question.find()) {
            Map<String, String> blocks = new LinkedHashMap<>();
            Matcher block = BLOCK.matcher(question.group(2));
            while (block.find()) {
                blocks.put(block.group(1), block.group(2));
            }
            questions.add(new Question(question.group(1), blocks));
        }
        return questions;
    }

    @Test
    void thereAreFifteenQuestions() throws IOException {
        assertThat(questions()).hasSize(15).allSatisfy(question -> {
            assertThat(question.of("sqlite")).isNotBlank();
            assertThat(question.of("postgresql")).isNotBlank();
        });
    }

    @TestFactory
    Stream<DynamicTest> bothDatabasesGiveTheSameAnswer() throws IOException {
        return questions().stream()
                .map(question -> DynamicTest.dynamicTest(question.title(), () -> {
                    List<Map<String, @Nullable String>> answer =
                            CollectedAnswer.of(sqlite.reads(), question.of("sqlite"));
                    assertThat(answer).isNotEmpty();
                    assertThat(CollectedAnswer.of(postgres.reads(), question.of("postgresql")))
                            .isEqualTo(answer);
                }));
    }

    @TestFactory
    Stream<DynamicTest> theAnswerHasTheFiguresThatAreKnown() throws IOException {
        return questions().stream()
                .map(question -> DynamicTest.dynamicTest(question.title(), () -> {
                    List<Map<String, @Nullable String>> answer =
                            CollectedAnswer.of(sqlite.reads(), question.of("sqlite"));
                    Known known = KNOWN.get(question.number() - 1);
                    assertThat(answer).hasSize(known.rows());
                    assertThat(answer).anySatisfy(row -> assertThat(row).containsAllEntriesOf(known.one()));
                }));
    }

    @Test
    void anIndexServesTheConditionsThatAreListed() throws Exception {
        Matcher listed = SERVED.matcher(document());
        int conditions = 0;
        while (listed.find()) {
            for (String condition : listed.group(2).replace("`", "").split(", ", -1)) {
                String value = NUMBERS.contains(condition.split(" ", -1)[0]) ? "7" : "'x'";
                String asked = condition.replace("…", value);
                for (TestDatabase database : List.of(sqlite, postgres)) {
                    assertThat(served(database, listed.group(1), asked))
                            .as("%s of %s", asked, listed.group(1))
                            .isTrue();
                }
                conditions++;
            }
        }
        assertThat(conditions).isEqualTo(15);
    }

    /** So the test above would notice a condition that no index serves. */
    @Test
    void noIndexServesTheConditionsThatTheDocumentWarnsOf() throws Exception {
        for (TestDatabase database : List.of(sqlite, postgres)) {
            assertThat(served(database, "messages", "status = 'ERROR'")).isFalse();
            assertThat(served(database, "messages", "first_event_at >= '2026-11-16'"))
                    .isFalse();
            assertThat(served(database, "recipients", "recipient = '+12025550143'"))
                    .isFalse();
        }
        assertThat(served(sqlite, "messages", "unconfirmed")).isFalse();
        assertThat(served(postgres, "messages", "unconfirmed")).isTrue();
    }

    /** Whether an index finds the rows of a condition. PostgreSQL reads a small table whole unless it is told not to. */
    private static boolean served(TestDatabase database, String view, String condition) throws SQLException {
        boolean postgres = database.settings().url().startsWith("jdbc:postgresql:");
        StringBuilder plan = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(
                        database.settings().url(),
                        database.settings().user(),
                        database.settings().password());
                Statement statement = connection.createStatement()) {
            if (postgres) {
                statement.execute("SET enable_seqscan = off");
            }
            try (ResultSet steps = statement.executeQuery((postgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ")
                    + "SELECT count(*) FROM " + view + " WHERE " + condition)) {
                while (steps.next()) {
                    plan.append(steps.getString(steps.getMetaData().getColumnCount()))
                            .append('\n');
                }
            }
        }
        return !(postgres ? FILTERED : SCANNED).matcher(plan).find();
    }

    @Test
    void theAnswerThatIsPrintedIsTheOneThatIsGiven() throws Exception {
        Question first = questions().get(0);
        for (TestDatabase database : List.of(sqlite, postgres)) {
            StringWriter table = new StringWriter();
            database.reads().ask(first.of("sqlite"), AnswerFormat.TABLE.to(table));
            assertThat(table).hasToString(first.blocks().get("text"));
        }
    }

    @Test
    void theViewsHaveTheColumnsThatAreListed() throws Exception {
        Matcher view = VIEW.matcher(document());
        List<String> views = new ArrayList<>();
        while (view.find()) {
            views.add(view.group(1));
            for (TestDatabase database : List.of(sqlite, postgres)) {
                StringWriter csv = new StringWriter();
                database.reads().ask("SELECT * FROM " + view.group(1) + " LIMIT 0", AnswerFormat.CSV.to(csv));
                assertThat(csv).as(view.group(1)).hasToString(view.group(2).replace(", ", ",") + "\r\n");
            }
        }
        assertThat(views)
                .containsExactly(
                        "messages",
                        "recipients",
                        "transitions",
                        "message_tags",
                        "message_link_domains",
                        "callbacks",
                        "accounts");
    }

    /** SQLite 3.40 is older than the one that the driver brings. */
    @Test
    void theProgramOfTheSystemGivesTheSameAnswers() throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "sqlite3"))))
                .isTrue();
        String file = sqlite.settings().url().substring("jdbc:sqlite:".length());
        for (Question question : questions()) {
            StringWriter json = new StringWriter();
            sqlite.reads().ask(question.of("sqlite"), AnswerFormat.JSON.to(json));
            Process program = new ProcessBuilder("sqlite3", "-json", file, question.of("sqlite"))
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor()).as(answer).isZero();
            assertThat(rows(answer)).as(question.title()).isEqualTo(rows(json.toString()));
        }
    }

    /** The program prints more digits of a binary fraction than are exact. */
    private static List<Map<String, String>> rows(String json) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (JsonNode row : JSON.readTree(json)) {
            Map<String, String> values = new LinkedHashMap<>();
            row.properties()
                    .forEach(value -> values.put(
                            value.getKey(),
                            value.getValue().isNumber()
                                    ? CollectedAnswer.text(
                                            value.getValue().decimalValue().round(new MathContext(12)))
                                    : value.getValue().toString()));
            rows.add(values);
        }
        return rows;
    }
}
