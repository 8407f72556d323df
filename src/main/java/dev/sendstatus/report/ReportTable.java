package dev.sendstatus.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A report as text in aligned columns, for a terminal. */
final class ReportTable {
    private static final String GAP = "  ";

    private final StringBuilder text = new StringBuilder();

    private ReportTable() {}

    static String write(StuckReport report) {
        return new ReportTable().report(report);
    }

    private String report(StuckReport report) {
        ReportSentences sentences = new ReportSentences(report);
        line(sentences.title());
        line(sentences.headline());
        line(sentences.comparison());
        line(sentences.changes());
        sentences.silences().forEach(this::line);
        groups("Reason", report.groups().byReason());
        groups("Age", report.groups().byAge());
        groups("Account", report.groups().byAccount());
        groups("Sender", report.groups().bySender());
        items(report, "Stuck, oldest first", report.stuck());
        items(report, "Given up as never reported", report.neverReported());
        resolved(report);
        return text.toString();
    }

    private void groups(String name, List<Group> groups) {
        if (groups.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(name, "Messages"));
        for (Group group : groups) {
            rows.add(List.of(group.label(), Words.number(group.count())));
        }
        line("");
        table(rows);
    }

    private void items(StuckReport report, String title, List<StuckItem> items) {
        if (items.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Provider", "Account", "Id", "From", "To", "Waiting since", "Age", "Status", "Reason"));
        for (StuckItem item : items) {
            rows.add(List.of(
                    item.message().provider().word(),
                    item.account().name(),
                    item.message().id(),
                    Objects.requireNonNullElse(item.from(), "-"),
                    String.join(",", item.to()),
                    Words.time(item.waitingSince(), report.timeZone()),
                    Words.duration(item.ageSeconds()),
                    item.providerStatus(),
                    item.reason().text()));
        }
        line("");
        line(title + " (" + Words.number(items.size()) + "):");
        table(rows);
    }

    private void resolved(StuckReport report) {
        List<ResolvedItem> items = report.resolvedLate().messages();
        if (items.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Provider", "Account", "Id", "From", "Ended", "Late by", "How"));
        for (ResolvedItem item : items) {
            rows.add(List.of(
                    item.message().provider().word(),
                    item.account().name(),
                    item.message().id(),
                    Objects.requireNonNullElse(item.from(), "-"),
                    Words.time(item.endedAt(), report.timeZone()),
                    Words.duration(item.latenessSeconds()),
                    Words.text(item.ending())));
        }
        line("");
        line("Resolved late (" + Words.number(items.size()) + "):");
        table(rows);
    }

    private void table(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                line.append(cell);
                if (i < widths.length - 1) {
                    line.append(" ".repeat(widths[i] - cell.length())).append(GAP);
                }
            }
            line(line.toString().stripTrailing());
        }
    }

    /** Control characters become dots: ids and names come from outside, and a terminal obeys what it is sent. */
    private void line(String line) {
        line.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '.' : c)
                .forEach(text::appendCodePoint);
        text.append('\n');
    }
}
