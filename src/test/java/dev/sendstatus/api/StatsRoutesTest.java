package dev.sendstatus.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.Source;
import dev.sendstatus.ingest.IngestSettings;
import dev.sendstatus.query.BruteForceStatistics;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckFlag;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsRoutesTest {
    private static final List<String> PROVIDERS = List.of("telnyx", "twilio", "bandwidth");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws StoreException {
        server = new TestServer(folder, new IngestSettings(100, Duration.ofMillis(1_800)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyFigureOfEveryGroupIsWhatCountingTheDocumentsGives() throws Exception {
        Instant now = Instant.now();
        fill(400, 17, now);
        Instant since = now.minus(Duration.ofDays(9));
        Instant until = now.minus(Duration.ofMinutes(30));
        List<JsonNode> messages = documents(since, until);
        assertThat(messages).hasSizeBetween(50, 399);
        for (StatisticsDimension by : StatisticsDimension.values()) {
            JsonNode answer = get("/v1/stats?by=" + by.word() + "&since=" + since + "&until=" + until);
            Instant asOf = Instant.parse(answer.path("as_of").asText());
            Map<String, String> total = BruteForceStatistics.figures(answer.path("total"));
            assertThat(total).as(by.word()).isEqualTo(BruteForceStatistics.figures(messages, asOf));
            assertThat(List.of("inbound", "error", "unconfirmed", "stuck", "never_reported", "segments"))
                    .as("there is something to count")
                    .noneMatch(name -> "0".equals(total.get(name)));
            assertThat(BruteForceStatistics.byGroup(answer, by))
                    .as(by.word())
                    .isEqualTo(BruteForceStatistics.byGroup(messages, by, asOf));
        }
    }

    @Test
    void withoutParametersItIsTheLastDayAndNoGroups() throws Exception {
        fill(50, 3, Instant.now());
        JsonNode answer = get("/v1/stats");
        Instant since = Instant.parse(answer.path("since").asText());
        Instant until = Instant.parse(answer.path("until").asText());
        assertThat(Duration.between(since, until)).isEqualTo(Duration.ofHours(24));
        assertThat(until).isEqualTo(answer.path("as_of").asText());
        assertThat(answer.path("groups")).isEmpty();
        long all = answer.path("total").path("messages").asLong()
                + answer.path("total").path("inbound").asLong();
        assertThat(all).isEqualTo(documents(since, until).size()).isPositive();
    }

    @Test
    void ofNothingThereAreNoRatesAndNoLatency() throws Exception {
        JsonNode total = get("/v1/stats?by=provider").path("total");
        assertThat(total.path("messages").asLong()).isZero();
        assertThat(total.path("delivery_rate").isNull()).isTrue();
        assertThat(total.path("latency_ms").path("p99").isNull()).isTrue();
        assertThat(total.path("cost")).isEmpty();
    }

    @Test
    void groupsOfTimeComeInTheirOrderAndOthersByTheirSize() throws Exception {
        Instant now = Instant.now();
        fill(200, 5, now);
        String window = "&since=" + now.minus(Duration.ofDays(20));
        List<String> days = new ArrayList<>();
        get("/v1/stats?by=day" + window)
                .path("groups")
                .forEach(group -> days.add(group.path("day").asText()));
        assertThat(days).isSorted().hasSizeGreaterThan(3);
        List<Long> sizes = new ArrayList<>();
        get("/v1/stats?by=tag" + window)
                .path("groups")
                .forEach(group -> sizes.add(-group.path("messages").asLong()));
        assertThat(sizes).isSorted().hasSizeGreaterThan(1);
    }

    @Test
    void wrongParametersAreNamedWithWhatThereIs() throws Exception {
        Map<String, String> problems = Map.of(
                "by=week",
                        "by is one of provider, account, from, campaign, tag, link_domain, carrier, error_code, category",
                "by=", "by is one of",
                "by=day&by=hour", "by is given once",
                "since=tomorrow", "since is a time like",
                "until=2026-13-01", "until is a time like",
                "since=+1000000000-01-01T00:00:00Z", "since is a time like",
                "since=2026-11-25T12:00:00", "since is a time like",
                "since=2026-11-25&until=2026-11-25", "is not before until",
                "group=day", "group is no parameter here; there are by, since, until");
        for (Map.Entry<String, String> problem : problems.entrySet()) {
            HttpResponse<String> answer = answer("/v1/stats?" + problem.getKey());
            assertThat(answer.statusCode()).as(problem.getKey()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(Problem.MEDIA_TYPE);
            assertThat(JSON.readTree(answer.body()).path("detail").asText()).contains(problem.getValue());
        }
    }

    /** Messages with random histories, which began from three weeks ago until now; some are found stuck. */
    private void fill(int count, long seed, Instant now) throws StoreException {
        Random random = new Random(seed);
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MessageKey key = new MessageKey(new Provider(PROVIDERS.get(random.nextInt(PROVIDERS.size()))), "m" + i);
            long age = (long)
                    (Math.pow(random.nextDouble(), 3) * Duration.ofDays(20).toMillis());
            Instant began = Instant.ofEpochMilli(now.toEpochMilli() - age);
            for (int events = random.nextInt(4); events >= 0; events--) {
                batch.add(new Incoming(
                        new AccountName(key.provider(), "main"),
                        Source.WEBHOOK,
                        began.plusMillis(events * 100L),
                        new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8)),
                        List.of(Histories.event(random, key, began)),
                        null));
            }
        }
        server.store.commit(batch);
        List<StuckFlag> flags = new ArrayList<>();
        for (int i = 0; i < count; i += 3) {
            for (StoredMessage message : server.reads().messages("m" + i)) {
                MessageState state = message.state();
                flags.add(new StuckFlag(
                        state.message(),
                        state.account(),
                        state.from(),
                        state.waitingSince(),
                        now,
                        now,
                        StuckReason.SENT_NO_RECEIPT,
                        i % 2 == 0 ? null : StuckFlag.Ending.DELIVERED,
                        i % 2 == 0 ? null : now));
            }
        }
        server.store.flag(flags);
    }

    private List<JsonNode> documents(Instant since, Instant until) throws Exception {
        List<JsonNode> documents = new ArrayList<>();
        for (String line : answer("/v1/export.jsonl").body().lines().toList()) {
            JsonNode document = JSON.readTree(line);
            Instant first = Instant.parse(document.path("first_event_at").asText());
            if (!first.isBefore(since) && first.isBefore(until)) {
                documents.add(document);
            }
        }
        return documents;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = answer(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> answer(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.uri(path))
                        .header("Authorization", "Bearer " + TestServer.TOKEN)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
