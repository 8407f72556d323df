package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.store.StatisticsDimension;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The share that failed, by group and hour: each cell says it by its number and its colour.
 *
 * @param title of the groups
 * @param hours the last ones of the time, as their columns are named
 * @param rows the greatest groups
 */
public record HeatMap(String title, List<String> hours, List<Row> rows) {
    private static final int MOST_HOURS = 24;
    private static final int MOST_ROWS = 20;
    /** From so many of a hundred on the next colour begins. */
    private static final List<Integer> STEPS = List.of(1, 3, 6, 12, 25);

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH", Locale.ROOT);
    private static final Cell NOTHING = new Cell("", 0, "no message", null);

    public record Row(String name, List<Cell> cells) {}

    /**
     * An hour of a group.
     *
     * @param share in percent; empty where there was no message
     * @param heat from 0 to 5
     * @param href the messages that failed; null where none did, or no filter names them
     */
    public record Cell(
            String share, int heat, String counts, @Nullable String href) {}

    /** @param answer with the hours of each group */
    static HeatMap of(Api api, JsonNode answer, StatisticsDimension by, CountedList lists) {
        Instant last =
                Instant.parse(answer.path("until").asText()).minusNanos(1).truncatedTo(ChronoUnit.HOURS);
        Instant since = Instant.parse(answer.path("since").asText()).truncatedTo(ChronoUnit.HOURS);
        long before = Math.min(MOST_HOURS - 1, Duration.between(since, last).toHours());
        List<Instant> hours = Stream.iterate(last.minus(Duration.ofHours(before)), hour -> hour.plusSeconds(3_600))
                .limit(before + 1)
                .toList();
        List<Row> rows = new ArrayList<>();
        for (JsonNode group : answer.path("groups")) {
            if (rows.size() < MOST_ROWS && !group.path("hours").isEmpty()) {
                rows.add(row(group, StatisticsGrid.name(api, group, by), hours, lists));
            }
        }
        return new HeatMap(
                StatisticsGrid.title(by),
                hours.stream()
                        .map(hour -> HOUR.format(hour.atOffset(ZoneOffset.UTC)))
                        .toList(),
                rows);
    }

    private static Row row(JsonNode group, String name, List<Instant> hours, CountedList lists) {
        Map<Instant, JsonNode> known = new HashMap<>();
        group.path("hours")
                .forEach(one -> known.put(Instant.parse(one.path("hour").asText()), one));
        List<Cell> cells = new ArrayList<>();
        for (Instant hour : hours) {
            JsonNode one = known.get(hour);
            cells.add(one == null ? NOTHING : cell(group, hour, one, lists));
        }
        return new Row(Grid.cut(name), cells);
    }

    private static Cell cell(JsonNode group, Instant hour, JsonNode counts, CountedList lists) {
        long messages = counts.path("messages").asLong();
        long failed = counts.path("failed").asLong();
        double percent = 100.0 * failed / messages;
        return new Cell(
                failed > 0 && percent < 1 ? "<1" : Long.toString(Math.round(percent)),
                (int) STEPS.stream().filter(step -> percent >= step).count(),
                Figures.number(failed) + " of " + Figures.messages(messages) + " failed",
                failed == 0 ? null : lists.hour(group, hour, "status", "ERROR"));
    }
}
