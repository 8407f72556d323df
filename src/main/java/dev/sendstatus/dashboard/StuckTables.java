package dev.sendstatus.dashboard;

import dev.sendstatus.event.MessageKey;
import dev.sendstatus.report.AgeBucket;
import dev.sendstatus.report.Group;
import dev.sendstatus.report.ReportPage;
import dev.sendstatus.report.ResolvedItem;
import dev.sendstatus.report.StuckItem;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A report of what is stuck, or was on one day, as parts of a page. The sentences are those of the report itself.
 *
 * @param words what the report says
 * @param figures how many are stuck, and what changed
 * @param more which rows are left out; empty if none are
 */
public record StuckTables(
        ReportPage words,
        List<Figure> figures,
        Grid accounts,
        Grid senders,
        Grid ages,
        Grid stuck,
        String more,
        Grid resolved,
        Grid neverReported) {

    static final String ALL = MessagesPage.PATH + "?stuck=true";

    private static final int MOST_ROWS = 200;
    private static final int MOST_GROUPS = 20;

    /** A report of a day, whose counts have no lists: what was stuck then may not be now. */
    static StuckTables kept(StuckReport report, Instant now) {
        return of(report, false, item -> null, now);
    }

    /** The messages that are stuck now. @param usual the share of such messages that had their end by now; null where that is not known */
    static StuckTables live(StuckReport report, Function<StuckItem, @Nullable String> usual, Instant now) {
        return of(report, true, usual, now);
    }

    private static StuckTables of(
            StuckReport report, boolean live, Function<StuckItem, @Nullable String> usual, Instant now) {
        int left = report.stuck().size() - MOST_ROWS;
        return new StuckTables(
                ReportPage.of(report),
                figures(report, live),
                groups(
                        "accounts",
                        "Account",
                        report.groups().byAccount(),
                        live ? StuckTables::ofAccount : group -> null),
                groups(
                        "senders",
                        "Sender",
                        report.groups().bySender(),
                        live ? group -> ofSender(group, report.groups().bySender()) : group -> null),
                groups(
                        "ages",
                        "Age",
                        report.groups().byAge().stream()
                                .sorted(Comparator.comparing(
                                        group -> AgeBucket.valueOf(group.key().toUpperCase(Locale.ROOT))))
                                .toList(),
                        group -> null),
                items("stuck", "What is stuck, the oldest first", report.stuck(), live, usual, now),
                left <= 0 ? "" : "And " + Figures.messages(left) + " more: the CSV and JSON forms have all of them.",
                resolved(report.resolvedLate().messages(), now),
                items(
                        "given-up",
                        "Given up, the oldest first",
                        report.neverReported().messages(),
                        false,
                        usual,
                        now));
    }

    private static List<Figure> figures(StuckReport report, boolean live) {
        return List.of(
                new Figure(
                        Figures.number(report.total()),
                        "stuck",
                        "",
                        live ? ALL : null,
                        report.total() == 0 ? Badge.Kind.GOOD : Badge.Kind.WARNING),
                plain(report.newlyStuck(), "newly stuck"),
                plain(report.resolvedLate().count(), "resolved late"),
                plain(report.neverReported().count(), "given up as never reported"));
    }

    private static Figure plain(long number, String label) {
        return new Figure(Figures.number(number), label, "", null, Badge.Kind.PLAIN);
    }

    private static @Nullable String ofAccount(Group group) {
        int slash = group.key().indexOf('/');
        return ALL + "&provider=" + Visit.encoded(group.key().substring(0, slash)) + "&account="
                + Visit.encoded(group.key().substring(slash + 1));
    }

    private static @Nullable String ofSender(Group group, List<Group> all) {
        return new SenderNames(all.stream().map(Group::key).toList()).exact(group.key())
                ? ALL + "&from=" + Visit.encoded(group.key())
                : null;
    }

    private static Grid groups(String id, String title, List<Group> groups, Function<Group, @Nullable String> href) {
        List<Grid.Row> rows = new ArrayList<>();
        for (Group group : groups.subList(0, Math.min(MOST_GROUPS, groups.size()))) {
            rows.add(Grid.Row.of(Grid.Cell.text(group.label()), Grid.Cell.number(group.count(), href.apply(group))));
        }
        return new Grid(id, "By " + title, List.of(Grid.Column.text(title), Grid.Column.number("Messages")), rows);
    }

    private static Grid items(
            String id,
            String caption,
            List<StuckItem> items,
            boolean live,
            Function<StuckItem, @Nullable String> usual,
            Instant now) {
        List<Grid.Column> columns = new ArrayList<>(List.of(
                new Grid.Column("Waiting since", false, "ascending", null),
                Grid.Column.text("Age"),
                Grid.Column.text("Id"),
                Grid.Column.text("To"),
                Grid.Column.text("From"),
                Grid.Column.text("Account"),
                Grid.Column.text("Provider's word"),
                Grid.Column.text("Reason")));
        if (live) {
            columns.set(1, Grid.Column.text("Of such had their end"));
        }
        List<Grid.Row> rows = new ArrayList<>();
        for (StuckItem item : items.subList(0, Math.min(MOST_ROWS, items.size()))) {
            List<Grid.Cell> cells = new ArrayList<>(List.of(
                    Grid.Cell.moment(Moment.of(item.waitingSince(), now)),
                    Grid.Cell.text(Figures.duration(item.ageSeconds())),
                    message(item.message()),
                    Grid.Cell.text(String.join(", ", item.to())),
                    Grid.Cell.text(item.from()),
                    Grid.Cell.text(item.account().toString()),
                    Grid.Cell.text(item.providerStatus()),
                    Grid.Cell.text(item.reason().text())));
            if (live) {
                String known = usual.apply(item);
                cells.set(1, Grid.Cell.text(known == null ? "not known" : known));
            }
            rows.add(new Grid.Row(cells));
        }
        return new Grid(id, caption, columns, rows);
    }

    private static Grid resolved(List<ResolvedItem> items, Instant now) {
        List<Grid.Row> rows = new ArrayList<>();
        for (ResolvedItem item : items.subList(0, Math.min(MOST_ROWS, items.size()))) {
            rows.add(Grid.Row.of(
                    Grid.Cell.moment(Moment.of(item.endedAt(), now)),
                    Grid.Cell.text(Figures.duration(item.latenessSeconds())),
                    message(item.message()),
                    Grid.Cell.text(item.from()),
                    Grid.Cell.text(item.account().toString()),
                    Grid.Cell.text(item.ending().name().toLowerCase(Locale.ROOT).replace('_', ' '))));
        }
        return new Grid(
                "resolved",
                "Resolved late",
                List.of(
                        new Grid.Column("Ended", false, "ascending", null),
                        Grid.Column.text("Late by"),
                        Grid.Column.text("Id"),
                        Grid.Column.text("From"),
                        Grid.Column.text("Account"),
                        Grid.Column.text("How")),
                rows);
    }

    private static Grid.Cell message(MessageKey message) {
        return Grid.Cell.link(message.id(), MessageWords.href(message));
    }
}
