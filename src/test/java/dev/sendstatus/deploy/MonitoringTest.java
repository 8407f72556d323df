package dev.sendstatus.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An alert on a metric that nobody has never fires, and nobody notices: so each is held against a running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringTest {
    private static final String RULES = "monitoring/alerts.yml";
    private static final String DASHBOARD = "monitoring/dashboard.json";
    private static final Path OPERATIONS = DeployFolder.ROOT.resolve("docs/operations.md");

    /** What Prometheus itself adds. */
    private static final Set<String> ADDED_LABELS = Set.of("job", "exported_job", "instance");

    private static final Set<String> ADDED_METRICS = Set.of("up");

    /** The second is for those who have PostgreSQL, and its metrics are node_exporter's. */
    private static final List<String> ALL_RULES = List.of(RULES, "monitoring/postgresql.yml");

    private static final List<String> TESTS = List.of("monitoring/alerts.test.yml", "monitoring/postgresql.test.yml");

    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_]+)(?:\\{([^}]*)\\})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Pattern PART_OF_A_SUMMARY = Pattern.compile("_(count|sum|max)$");
    private static final Pattern REGISTERED = Pattern.compile("(?:builder|counter)\\(\\s*\"(sendstatus[._][a-z._]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(sendstatus_[a-z_]+)` \\|");
    private static final Pattern METRIC = Pattern.compile("\\bsendstatus_[a-z_]+");
    private static final Pattern HEADING = Pattern.compile("(?m)^### (Sendstatus\\w+)$");

    /** By metric: its labels, and each as {@code label=value}. */
    private final Map<String, Set<String>> metrics = new TreeMap<>();

    @BeforeAll
    void askARunningServer(@TempDir Path folder) throws Exception {
        try (RunningServer server = new RunningServer(folder)) {
            Matcher series = SERIES.matcher(server.get("/metrics").body());
            while (series.find()) {
                Set<String> labels = metrics.computeIfAbsent(series.group(1), name -> new TreeSet<>());
                Matcher label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
                while (label.find()) {
                    labels.add(label.group(1));
                    labels.add(label.group(1) + "=" + label.group(2));
                }
            }
        }
        assertThat(metrics).containsKey("sendstatus_callbacks_total");
    }

    @Test
    void everyMetricOfAnAlertIsOneThatTheServerHas() throws IOException {
        List<Expression> expressions = new ArrayList<>();
        for (JsonNode alert : DeployFolder.yaml(RULES).at("/groups/0/rules")) {
            expressions.add(new Expression(alert.path("expr").asText()));
        }
        assertThat(expressions).hasSizeGreaterThan(10);
        assertThat(strangers(expressions)).isEmpty();
    }

    @Test
    void everyMetricOfTheDashboardIsOneThatTheServerHas() throws IOException {
        List<Expression> expressions = new ArrayList<>();
        for (JsonNode panel : DeployFolder.json(DASHBOARD).path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(new Expression(target.path("expr").asText()));
            }
        }
        assertThat(expressions).hasSizeGreaterThan(15);
        assertThat(strangers(expressions)).isEmpty();
    }

    @Test
    void aMetricOrLabelThatNobodyHasIsNoticed() {
        assertThat(strangers(List.of(
                        new Expression("rate(sendstatus_commits_total[5m]) > 0.5"),
                        new Expression("sum by (carrier) (sendstatus_events_total{provider=\"telnyx\"})"),
                        new Expression("sendstatus_callbacks_total{outcome=~\"lost|full\"} offset 1w"))))
                .containsExactlyInAnyOrder(
                        "sendstatus_commits_total", "grouped by carrier", "sendstatus_callbacks_total{outcome=lost}");
    }

    @Test
    void everyMetricOfTheServerIsExplained() throws IOException {
        Set<String> own = new TreeSet<>();
        for (String metric : metrics.keySet()) {
            if (metric.startsWith("sendstatus_")) {
                own.add(PART_OF_A_SUMMARY.matcher(metric).replaceFirst(""));
            }
        }
        assertThat(own).hasSizeGreaterThan(15);
        assertThat(explained()).containsAll(own);
    }

    /** Some come only with a channel, an endpoint of the relay or a replay, and this server has none. */
    @Test
    void everyMetricOfTheCodeIsExplainedAndNoOtherOneIsNamed() throws IOException {
        Set<String> registered = new TreeSet<>();
        for (Path file : files("src/main/java", ".java")) {
            REGISTERED
                    .matcher(Files.readString(file))
                    .results()
                    .forEach(meter -> registered.add(withoutUnit(meter.group(1).replace('.', '_'))));
        }
        assertThat(registered).hasSizeGreaterThan(20);
        Set<String> withoutUnits = new TreeSet<>();
        explained().forEach(metric -> withoutUnits.add(withoutUnit(metric)));
        assertThat(withoutUnits).isEqualTo(registered);
        List<Path> documents = files("docs", ".md");
        documents.add(DeployFolder.ROOT.resolve("README.md"));
        documents.add(DeployFolder.ROOT.resolve("CHANGELOG.md"));
        for (Path document : documents) {
            Set<String> named = new TreeSet<>();
            METRIC.matcher(Files.readString(document)).results().forEach(metric -> named.add(metric.group()));
            assertThat(explained()).as(document.toString()).containsAll(named);
        }
    }

    /** Prometheus adds it to a counter and to a timer. */
    private static String withoutUnit(String metric) {
        return metric.replaceFirst("_(total|seconds)$", "");
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(DeployFolder.ROOT.resolve(folder))) {
            return new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(ending)).toList());
        }
    }

    /** The metrics of the table of operations.md. */
    private static Set<String> explained() throws IOException {
        Set<String> explained = new TreeSet<>();
        ROW.matcher(Files.readString(OPERATIONS)).results().forEach(row -> explained.add(row.group(1)));
        return explained;
    }

    @Test
    void everyAlertSaysWhatIsWrongHowBadItIsAndWhereTheRemedyStands() throws IOException {
        for (JsonNode alert : alerts()) {
            String name = alert.path("alert").asText();
            assertThat(alert.at("/labels/severity").asText()).as(name).isIn("critical", "warning", "info");
            assertThat(alert.at("/annotations/summary").asText()).as(name).endsWith(".");
            assertThat(alert.at("/annotations/runbook").asText())
                    .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void everyAlertHasItsSectionAndEverySectionItsAlert() throws IOException {
        List<String> named = new ArrayList<>();
        for (JsonNode alert : alerts()) {
            named.add(alert.path("alert").asText());
        }
        List<String> explained = HEADING.matcher(Files.readString(OPERATIONS))
                .results()
                .map(heading -> heading.group(1))
                .toList();
        assertThat(explained).containsExactlyElementsOf(named);
    }

    @Test
    void thePanelsOfTheDashboardHaveTheirOwnPlaceAndNumber() throws IOException {
        Set<String> places = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        for (JsonNode panel : DeployFolder.json(DASHBOARD).path("panels")) {
            assertThat(places.add(panel.at("/gridPos/x") + "," + panel.at("/gridPos/y")))
                    .as(panel.path("title").asText())
                    .isTrue();
            assertThat(numbers.add(panel.path("id").asInt())).isTrue();
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                    .isLessThanOrEqualTo(24);
        }
    }

    @Test
    void prometheusIsToldOfTheRulesAndCallsTheJobAsTheyDo() throws IOException {
        JsonNode prometheus = DeployFolder.yaml("monitoring/prometheus.yml");
        assertThat(prometheus.at("/rule_files/0").asText()).isEqualTo("alerts.yml");
        assertThat(prometheus.at("/scrape_configs/0/job_name").asText()).isEqualTo("sendstatus");
        assertThat(DeployFolder.text(RULES)).contains("job=\"sendstatus\"");
    }

    @Test
    void everyAlertFiresInATestOfItsOwn() throws IOException {
        Set<String> firing = new TreeSet<>();
        for (String file : TESTS) {
            for (JsonNode test : DeployFolder.yaml(file).path("tests")) {
                for (JsonNode expected : test.path("alert_rule_test")) {
                    if (!expected.path("exp_alerts").isEmpty()) {
                        firing.add(expected.path("alertname").asText());
                    }
                }
            }
        }
        for (JsonNode alert : alerts()) {
            assertThat(firing).contains(alert.path("alert").asText());
        }
    }

    private static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        for (String file : ALL_RULES) {
            DeployFolder.yaml(file).at("/groups/0/rules").forEach(alerts::add);
        }
        return alerts;
    }

    private Set<String> strangers(List<Expression> expressions) {
        Set<String> strangers = new TreeSet<>();
        for (Expression expression : expressions) {
            Set<String> known = new HashSet<>(ADDED_LABELS);
            for (Expression.Selector selector : expression.selectors()) {
                Set<String> labels = metrics.get(selector.metric());
                if (labels != null) {
                    known.addAll(labels);
                    strangers.addAll(unknown(selector, labels));
                } else if (!ADDED_METRICS.contains(selector.metric())) {
                    strangers.add(selector.metric());
                }
            }
            for (String label : expression.groupedBy()) {
                // Of a metric that is strange itself, no label can be known.
                if (!known.contains(label)) {
                    strangers.add("grouped by " + label);
                }
            }
        }
        return strangers;
    }

    /** Words that the program chooses are compared; names of accounts and reasons of refusals come with what happens. */
    private static Set<String> unknown(Expression.Selector selector, Set<String> labels) {
        Set<String> unknown = new TreeSet<>();
        for (String label : selector.labels()) {
            if (!labels.contains(label) && !ADDED_LABELS.contains(label)) {
                unknown.add(selector.metric() + "{" + label + "}");
            }
        }
        for (String value : selector.values()) {
            if ((value.startsWith("outcome=") || value.startsWith("quantile=")) && !labels.contains(value)) {
                unknown.add(selector.metric() + "{" + value + "}");
            }
        }
        return unknown;
    }
}
