package dev.sendstatus.report;

import dev.sendstatus.state.StuckReason;
import dev.sendstatus.text.Figures;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The texts of the page. The template places and escapes them, and decides nothing.
 *
 * @param calm nothing is stuck
 * @param silences the accounts of which nothing came, a line each
 * @param reasons what to do, by reason
 */
public record ReportPage(
        String title,
        String headline,
        String comparison,
        String changes,
        String rules,
        String madeAt,
        boolean calm,
        List<String> silences,
        List<Tile> tiles,
        List<Bar> ages,
        List<Bar> providers,
        List<Reason> reasons,
        List<Bar> accounts,
        List<Bar> senders,
        Rows stuck,
        Rows neverReported,
        Rows resolved,
        String lateness) {

    /** More make a page that no browser scrolls well and nobody reads. */
    static final int MOST_ROWS = 1_000;

    private static final int MOST_BARS = 10;

    /** One number, large, and what it counts. */
    public record Tile(String number, String label) {}

    /** One bar of a chart. @param percent of the longest bar, 0 to 100 */
    public record Bar(String label, String count, int percent) {}

    /** How many are stuck for that reason, and what to do about it. */
    public record Reason(String text, String count, String advice) {}

    /**
     * The rows of a table.
     *
     * @param more says how many rows are left out and where they are; empty if none are
     */
    public record Rows(List<String> columns, List<List<String>> cells, String more) {}

    public static ReportPage of(StuckReport report) {
        return of(report, MOST_ROWS);
    }

    /** @param mostRows of each table */
    static ReportPage of(StuckReport report, int mostRows) {
        ReportSentences sentences = new ReportSentences(report);
        ZoneId zone = report.timeZone();
        return new ReportPage(
                sentences.title(),
                sentences.headline(),
                sentences.comparison(),
                sentences.changes(),
                sentences.rules(),
                "Made at " + ReportWords.time(report.madeAt(), zone) + ". All times are those of " + zone.getId() + ".",
                report.total() == 0,
                sentences.silences(),
                tiles(report),
                ages(report.groups().byAge()),
                bars(report.groups().byProvider()),
                reasons(report.groups().byReason()),
                bars(report.groups().byAccount()),
                bars(report.groups().bySender()),
                items(report.stuck(), zone, mostRows, "The CSV form of this report has them all."),
                items(report.neverReported().messages(), zone, mostRows, "The JSON form of this report has them all."),
                resolved(report.resolvedLate().messages(), zone, mostRows),
                sentences.lateness());
    }

    private static List<Tile> tiles(StuckReport report) {
        return List.of(
                new Tile(Figures.number(report.total()), "stuck"),
                new Tile(Figures.number(report.newlyStuck()), "newly stuck"),
                new Tile(Figures.number(report.resolvedLate().count()), "resolved late"),
                new Tile(Figures.number(report.neverReported().count()), "given up"));
    }

    private static List<Bar> bars(List<Group> groups) {
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
    private static List<Bar> ages(List<Group> groups) {
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

    private static List<Reason> reasons(List<Group> groups) {
        Map<String, StuckReason> byWord = new HashMap<>();
        for (StuckReason reason : StuckReason.values()) {
            byWord.put(reason.word(), reason);
        }
        List<Reason> reasons = new ArrayList<>();
        for (Group group : groups) {
            StuckReason reason = byWord.get(group.key());
            String advice = reason == null ? "" : Advice.of(reason);
            reasons.add(new Reason(ReportWords.capitalized(group.label()), Figures.messages(group.count()), advice));
        }
        return reasons;
    }

    private static Rows items(List<StuckItem> items, ZoneId zone, int mostRows, String whereTheRestIs) {
        return rows(
                List.of("Waiting since", "Age", "Account", "Id", "From", "To", "Status", "Reason"),
                items,
                mostRows,
                whereTheRestIs,
                item -> List.of(
                        ReportWords.time(item.waitingSince(), zone),
                        Figures.duration(item.ageSeconds()),
                        item.account().toString(),
                        item.id(),
                        Objects.requireNonNullElse(item.from(), "unknown"),
                        item.to().isEmpty() ? "unknown" : String.join(", ", item.to()),
                        item.providerStatus(),
                        item.reason().text()));
    }

    private static Rows resolved(List<ResolvedItem> items, ZoneId zone, int mostRows) {
        return rows(
                List.of("Ended", "Late by", "Account", "Id", "From", "How"),
                items,
                mostRows,
                "The JSON form of this report has them all.",
                item -> List.of(
                        ReportWords.time(item.endedAt(), zone),
                        Figures.duration(item.latenessSeconds()),
                        item.account().toString(),
                        item.id(),
                        Objects.requireNonNullElse(item.from(), "unknown"),
                        ReportWords.text(item.ending())));
    }

    private static <T> Rows rows(
            List<String> columns, List<T> items, int most, String whereTheRestIs, Function<T, List<String>> cells) {
        int more = items.size() - most;
        return new Rows(
                columns,
                items.stream().limit(most).map(cells).toList(),
                more <= 0 ? "" : "And " + Figures.messages(more) + " more. " + whereTheRestIs);
    }
}
