package dev.sendstatus.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Direction;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Progress;
import dev.sendstatus.event.Provider;
import dev.sendstatus.event.SendStatus;
import dev.sendstatus.event.Source;
import dev.sendstatus.state.Histories;
import dev.sendstatus.state.MessageState;
import dev.sendstatus.state.StuckLimits;
import dev.sendstatus.state.StuckReason;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.MessageScan;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredMessage;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every figure of the statistics, against counting the documents that the API has of each message. A subclass names the database. */
abstract class StatisticsContract {
    private static final List<String> PROVIDERS = List.of("telnyx", "twilio", "bandwidth");
    private static final Instant NOW = Instant.parse("2026-11-25T12:34:56.789Z");
    /** Later than all that was sent. */
    private static final Instant AS_OF = NOW.plusSeconds(60);

    private static final StuckLimits LIMITS = new StuckLimits(Duration.ofHours(6), Map.of(), Duration.ofDays(7));
    private static final Catalogue CATALOGUE =
            Catalogue.of(PROVIDERS.stream().map(Provider::new).toList());
    private static final RawCallback RAW = new RawCallback("POST", null, null, "{}".getBytes(StandardCharsets.UTF_8));

    protected abstract TestDatabase database();

    @ParameterizedTest
    @EnumSource(names = {"SENT", "ERROR"})
    void everyFigureOfEveryGroupIsWhatCountingTheDocumentsGives(SendStatus ofUnconfirmed) throws Exception {
        fill(600, 17);
        MessageDocument document = new MessageDocument(ofUnconfirmed, CATALOGUE, LIMITS);
        Map<String, JsonNode> all = documents(document);
        List<Instant[]> stretches = List.of(
                new Instant[] {NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofMinutes(30))},
                new Instant[] {NOW.minus(Duration.ofDays(40)), AS_OF},
                new Instant[] {NOW.minus(Duration.ofHours(5)).plusNanos(1), NOW.minus(Duration.ofHours(4))});
        for (Instant[] stretch : stretches) {
            List<JsonNode> messages = all.values().stream()
                    .filter(message -> first(message).compareTo(stretch[0]) >= 0
                            && first(message).isBefore(stretch[1]))
                    .toList();
            assertThat(messages).isNotEmpty();
            for (StatisticsDimension by : StatisticsDimension.values()) {
                JsonNode answer = answer(stretch[0], stretch[1], by, document);
                assertThat(BruteForceStatistics.figures(answer.path("total")))
                        .as(by.word())
                        .isEqualTo(BruteForceStatistics.figures(messages, AS_OF));
                assertThat(BruteForceStatistics.byGroup(answer, by))
                        .as(by.word())
                        .isEqualTo(BruteForceStatistics.byGroup(messages, by, AS_OF));
            }
            assertThat(answer(stretch[0], stretch[1], null, document).path("total"))
                    .isEqualTo(answer(stretch[0], stretch[1], StatisticsDimension.TAG, document)
                            .path("total"));
        }
        assertThat(List.of("inbound", "error", "unconfirmed", "stuck", "never_reported", "segments"))
                .as("there is something to count")
                .noneMatch(name -> "0"
                        .equals(BruteForceStatistics.figures(List.copyOf(all.values()), AS_OF)
                                .get(name)));
    }

    /** All the years that can be asked for, of which a database without messages must not look at each hour. */
    @ParameterizedTest
    @EnumSource
    void whereThereIsNothingNothingIsCounted(StatisticsDimension by) throws Exception {
        MessageDocument document = new MessageDocument(SendStatus.SENT, CATALOGUE, LIMITS);
        Instant first = Instant.parse("1970-01-02T00:00:00Z");
        Instant last = Instant.parse("9999-12-31T00:00:00Z");
        assertThat(answer(first, last, by, document).at("/total/messages").asLong())
                .isZero();
        fill(5, 17);
        for (Instant[] stretch : List.of(
                new Instant[] {first, NOW.minus(Duration.ofDays(400))},
                new Instant[] {NOW.plus(Duration.ofDays(400)), last})) {
            assertThat(answer(stretch[0], stretch[1], by, document)
                            .at("/total/messages")
                            .asLong())
                    .isZero();
        }
    }

    @Test
    void moreGroupsThanAreCountedAtOnceAreRefused() throws Exception {
        for (int batch = 0; batch < 11; batch++) {
            List<Incoming> incoming = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                String id = "m" + (1_000 * batch + i);
                DeliveryEvent event = DeliveryEvent.of(
                                new MessageKey(new Provider("twilio"), id), Direction.OUTBOUND, Progress.SENT, "sent")
                        .from(id)
                        .build();
                incoming.add(new Incoming(
                        new AccountName(new Provider("twilio"), "main"),
                        Source.WEBHOOK,
                        NOW,
                        RAW,
                        List.of(event),
                        null));
            }
            database().store().commit(incoming);
        }
        MessageDocument document = new MessageDocument(SendStatus.SENT, CATALOGUE, LIMITS);
        assertThatThrownBy(() -> answer(NOW, NOW.plusSeconds(1), StatisticsDimension.FROM, document))
                .isInstanceOf(Statistics.TooManyGroups.class)
                .hasMessageContaining("10000 groups by from");
        assertThat(answer(NOW, NOW.plusSeconds(1), StatisticsDimension.TAG, document)
                        .at("/total/messages")
                        .asLong())
                .isEqualTo(11_000);
    }

    @Test
    void thePagesHaveTheLastHoursOfEachGroupAndMoreOfHowLongMessagesTake() throws Exception {
        fill(600, 23);
        MessageDocument document = new MessageDocument(SendStatus.SENT, CATALOGUE, LIMITS);
        Instant since = NOW.minus(Duration.ofDays(9));
        Instant until = NOW.minus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.HOURS);
        Map<String, String> expected = new TreeMap<>();
        Map<String, long[]> counts = new TreeMap<>();
        List<Long> latencies = new ArrayList<>();
        long waiting = 0;
        for (JsonNode message : documents(document).values()) {
            Instant first = first(message);
            if (message.path("direction").asText().equals("outbound")
                    && !first.isBefore(since)
                    && first.isBefore(until)) {
                String hour = first.truncatedTo(ChronoUnit.HOURS).toString();
                if (!first.isBefore(until.minus(Duration.ofHours(24)))) {
                    long[] count = counts.computeIfAbsent(
                            message.path("provider").asText() + "/"
                                    + message.path("account").asText() + " " + hour,
                            key -> new long[2]);
                    count[0]++;
                    count[1] += message.path("status").asText().equals("ERROR") ? 1 : 0;
                }
                if (message.path("sent_at").isTextual()
                        && message.path("finalized_at").isTextual()) {
                    latencies.add(Math.max(
                            0,
                            Duration.between(
                                            Instant.parse(
                                                    message.path("sent_at").asText()),
                                            Instant.parse(
                                                    message.path("finalized_at").asText()))
                                    .toMillis()));
                }
            }
        }
        counts.forEach((key, count) -> expected.put(key, count[0] + " " + count[1]));
        Statistics statistics = Statistics.of(
                new StatisticsQuestion(since, until, StatisticsDimension.ACCOUNT, document, AS_OF),
                database().reads());
        ObjectNode api = StatisticsDocument.of(statistics);
        JsonNode pages = StatisticsDocument.forPages(api, statistics);
        Map<String, String> hours = new TreeMap<>();
        for (JsonNode group : pages.path("groups")) {
            for (JsonNode hour : group.path("hours")) {
                hours.put(
                        group.path("provider").asText() + "/"
                                + group.path("account").asText() + " "
                                + hour.path("hour").asText(),
                        hour.path("messages").asText() + " "
                                + hour.path("failed").asText());
            }
        }
        assertThat(hours).isNotEmpty().isEqualTo(expected);
        latencies.sort(null);
        assertThat(pages.at("/total/latency_ms/p95").asLong())
                .isEqualTo(latencies.get((latencies.size() * 95 + 99) / 100 - 1));
        for (JsonNode step : pages.at("/total/waiting")) {
            waiting += step.path("messages").asLong();
        }
        JsonNode hour = pages.at("/total/ended_within/3");
        assertThat(hour.path("seconds").asLong()).isEqualTo(3_600);
        assertThat(hour.path("share").asDouble())
                .isCloseTo(
                        latencies.stream().filter(millis -> millis <= 3_600_000).count()
                                / (double) (latencies.size() + waiting),
                        within(0.000_001));
        assertThat(api).as("the document of the API stays").isEqualTo(StatisticsDocument.of(statistics));
    }

    private JsonNode answer(Instant since, Instant until, @Nullable StatisticsDimension by, MessageDocument document)
            throws StoreException, Statistics.TooManyGroups {
        return StatisticsDocument.of(Statistics.of(
                new StatisticsQuestion(since, until, by, document, AS_OF),
                database().reads()));
    }

    private Map<String, JsonNode> documents(MessageDocument document) throws StoreException {
        Map<String, JsonNode> documents = new LinkedHashMap<>();
        try (MessageScan scan = database().reads().scan(MessageFilter.ALL)) {
            for (StoredMessage message = scan.next(); message != null; message = scan.next()) {
                MessageState state = message.state();
                documents.put(state.message().toString(), document.message(message, AS_OF));
            }
        }
        return documents;
    }

    private static Instant first(JsonNode message) {
        return Instant.parse(message.path("first_event_at").asText());
    }

    /** Messages with random histories, which began from three weeks ago until now; some are found stuck. */
    private void fill(int count, long seed) throws StoreException {
        Random random = new Random(seed);
        List<Incoming> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MessageKey key = new MessageKey(new Provider(PROVIDERS.get(random.nextInt(PROVIDERS.size()))), "m" + i);
            long age = (long)
                    (Math.pow(random.nextDouble(), 3) * Duration.ofDays(20).toMillis());
            Instant began = NOW.minusMillis(age);
            for (int events = random.nextInt(4); events >= 0; events--) {
                batch.add(new Incoming(
                        new AccountName(key.provider(), random.nextInt(5) == 0 ? "second" : "main"),
                        Source.WEBHOOK,
                        began.plusMillis(events * 100L),
                        RAW,
                        List.of(Histories.event(random, key, began)),
                        null));
            }
        }
        database().store().commit(batch);
        List<StuckFlag> flags = new ArrayList<>();
        for (int i = 0; i < count; i += 3) {
            for (StoredMessage message : database().reads().messages("m" + i)) {
                MessageState state = message.state();
                flags.add(new StuckFlag(
                        state.message(),
                        state.account(),
                        state.from(),
                        state.waitingSince(),
                        NOW,
                        NOW,
                        StuckReason.SENT_NO_RECEIPT,
                        i % 2 == 0 ? null : StuckFlag.Ending.DELIVERED,
                        i % 2 == 0 ? null : NOW));
            }
        }
        database().store().flag(flags);
    }
}
