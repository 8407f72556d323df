package dev.sendstatus.report;

import dev.sendstatus.text.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A report as a page and a letter show it. The template places the texts and escapes them. @param mostRows of each table */
public record ReportPage(StuckReport report, int mostRows) {
    private static final int MOST_BARS = 10;

    /** One bar of a chart. @param percent of the longest bar, 0 to 100 */
    public record Bar(String label, String count, int percent) {}

    /**
     * The rows of a table.
     *
     * @param more says how many rows are left out and where they are; empty if none are
     */
    public record Rows(List<String> columns, List<List<String>> cells, String more) {}

    public ReportSentences words() {
        return new ReportSentences(report);
    }

    /** Whether nothing is stuck. */
    public boolean calm() {
        return report.total() == 0;
    }

    /** The greatest groups, and the others as one. */
    public static List<Bar> bars(List<Group> groups) {
        int shown = Math.min(MOST_BARS, groups.size());
        int others = groups.size() - shown;
        long rest = groups.stream().skip(shown).mapToLong(Group::count).sum();
        // The others together may well be the longest bar.
        long most = Math.max(rest, shown == 0 ? 0 : groups.get(0).count());
        List<Bar> bars = new ArrayList<>();
        for (Group group : groups.subList(0, shown)) {
            bars.add(bar(group.label(), group.count(), most));
        }
        if (others > 0) {
            bars.add(bar(Figures.number(others) + (others == 1 ? " other" : " others"), rest, most));
        }
        return bars;
    }

    /** In the order of age and with the empty steps between, so that the heap is seen. */
    public List<Bar> ages() {
        List<Group> groups = report.groups().byAge();
        Map<String, Long> counts = new HashMap<>();
        groups.forEach(group -> counts.put(group.key(), group.count()));
        long most = groups.isEmpty() ? 0 : groups.get(0).count();
        return Arrays.stream(AgeBucket.values())
                .filter(bucket -> counts.containsKey(bucket.word()) || isAlwaysShown(bucket))
                .map(bucket -> bar(bucket.text(), counts.getOrDefault(bucket.word(), 0L), most))
                .toList();
    }

    private static boolean isAlwaysShown(AgeBucket bucket) {
        return bucket != AgeBucket.UNDER_6_HOURS && bucket != AgeBucket.OLDER;
    }

    private static Bar bar(String label, long count, long most) {
        int percent = most == 0 ? 0 : (int) (100 * count / most);
        // A single message among thousands is still to be seen.
        return new Bar(label, Figures.number(count), count == 0 ? 0 : Math.max(1, percent));
    }

    public Rows stuck() {
        return items(report.stuck(), "The CSV form of this report has them all.");
    }

    public Rows neverReported() {
        return items(report.neverReported().messages(), "The JSON form of this report has them all.");
    }

    private Rows items(List<StuckItem> items, String whereTheRestIs) {
        return rows(
                List.of("Waiting since", "Age", "Account", "Id", "From", "To", "Status", "Reason"),
                items,
                whereTheRestIs,
                item -> List.of(
                        ReportWords.time(item.waitingSince(), report.timeZone()),
                        Figures.duration(item.ageSeconds()),
                        item.account().toString(),
                        item.id(),
                        Objects.requireNonNullElse(item.from(), "unknown"),
                        item.to().isEmpty() ? "unknown" : String.join(", ", item.to()),
                        item.providerStatus(),
                        item.reason().text()));
    }

    public Rows resolved() {
        return rows(
                List.of("Ended", "Late by", "Account", "Id", "From", "How"),
                report.resolvedLate().messages(),
                "The JSON form of this report has them all.",
                item -> List.of(
                        ReportWords.time(item.endedAt(), report.timeZone()),
                        Figures.duration(item.latenessSeconds()),
                        item.account().toString(),
                        item.id(),
                        Objects.requireNonNullElse(item.from(), "unknown"),
                        ReportWords.text(item.ending())));
    }

    private <T> Rows rows(List<String> columns, List<T> items, String whereTheRestIs, Function<T, List<String>> cells) {
        int more = items.size() - mostRows;
        return new Rows(
                columns,
                items.stream().limit(mostRows).map(cells).toList(),
                more <= 0 ? "" : "And " + Figures.messages(more) + " more. " + whereTheRestIs);
    }
}
