package dev.sendstatus.report;

import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import java.util.List;
import java.util.function.Consumer;

/** A report as text in aligned columns, for a terminal. */
final class StuckReportTable {
    private final Table.Screen screen;
    private final int mostRows;
    private final StringBuilder text = new StringBuilder();

    private StuckReportTable(Table.Screen screen, int mostRows) {
        this.screen = screen;
        this.mostRows = mostRows;
    }

    static String write(StuckReport report, Table.Screen screen) {
        return write(report, screen, Integer.MAX_VALUE);
    }

    /** @param mostRows of each table */
    static String write(StuckReport report, Table.Screen screen, int mostRows) {
        return new StuckReportTable(screen, mostRows).report(report);
    }

    private String report(StuckReport report) {
        ReportSentences sentences = new ReportSentences(report);
        line(sentences.title());
        String headline = sentences.headline();
        text.append(report.total() == 0 ? headline : screen.painted(Table.Mark.WARNING, headline))
                .append('\n');
        line(sentences.comparison());
        line(sentences.changes());
        sentences.silences().forEach(this::line);
        groups("Reason", report.groups().byReason());
        groups("Age", report.groups().byAge());
        groups("Account", report.groups().byAccount());
        groups("Sender", report.groups().bySender());
        items(report, "Stuck, oldest first", report.stuck());
        items(report, "Given up as never reported", report.neverReported().messages());
        resolved(report);
        return text.toString();
    }

    private void groups(String name, List<Group> groups) {
        if (groups.isEmpty()) {
            return;
        }
        Table table = Table.figures(name, "Messages");
        groups.forEach(group -> table.row(group.label(), Figures.number(group.count())));
        line("");
        text.append(table.text(screen));
    }

    private void items(StuckReport report, String title, List<StuckItem> items) {
        Table table = Table.texts("Provider", "Account", "Id", "From", "To", "Waiting since", "Age", "Status", "Reason")
                .optional("Account", "From", "Waiting since", "Status", "Provider");
        rows(
                title,
                items,
                table,
                item -> table.row(
                        item.account().provider().word(),
                        item.account().name(),
                        item.id(),
                        item.from(),
                        String.join(", ", item.to()),
                        ReportWords.time(item.waitingSince(), report.timeZone()),
                        Figures.duration(item.ageSeconds()),
                        item.providerStatus(),
                        item.reason().text()));
    }

    private void resolved(StuckReport report) {
        Table table = Table.texts("Provider", "Account", "Id", "From", "Ended", "Late by", "How")
                .optional("Account", "From", "Provider");
        rows(
                "Resolved late",
                report.resolvedLate().messages(),
                table,
                item -> table.row(
                        item.account().provider().word(),
                        item.account().name(),
                        item.id(),
                        item.from(),
                        ReportWords.time(item.endedAt(), report.timeZone()),
                        Figures.duration(item.latenessSeconds()),
                        ReportWords.text(item.ending())));
    }

    private <T> void rows(String title, List<T> items, Table table, Consumer<T> row) {
        if (items.isEmpty()) {
            return;
        }
        items.stream().limit(mostRows).forEach(row);
        String first = items.size() > mostRows ? ", the first " + Figures.number(mostRows) : "";
        line("");
        line(title + " (" + Figures.number(items.size()) + first + "):");
        text.append(table.text(screen));
    }

    private void line(String line) {
        text.append(Table.clean(line)).append('\n');
    }
}
