package dev.sendstatus.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.pages.report.JteletterGenerated;
import dev.sendstatus.text.Figures;
import dev.sendstatus.text.Table;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A day's report as people are sent it, or the reports of several days that nobody was told: the newest whole, of the others the figures.
 * Compared with the report that was told before.
 */
public final class ReportLetter {
    /** A mail of more is cut by some programs; the attached CSV has them all. */
    private static final int MOST_ROWS = 100;

    private static final int MOST_GROUPS = 3;
    private static final int MOST_NAMED_DAYS = 3;

    private final List<StuckReport> days;
    private final StuckReport newest;
    private final ReportSentences words;
    private final @Nullable StuckReport before;
    private final String link;

    /**
     * @param days the oldest first, one at least
     * @param before the report that was told before; null if there is none
     * @param link where all of it is
     */
    public ReportLetter(List<StuckReport> days, @Nullable StuckReport before, boolean fullNumbers, String link) {
        this.days = List.copyOf(days);
        StuckReport last = days.get(days.size() - 1);
        this.newest = fullNumbers ? last : MaskedReport.of(last);
        this.words = new ReportSentences(newest);
        this.before = before;
        this.link = link;
    }

    /** One line: {@code Stuck messages of 2026-11-30: 37 (+5)}. */
    public String subject() {
        return "Stuck messages of " + named() + ": " + Figures.number(newest.total()) + change();
    }

    private String named() {
        List<String> dates =
                days.stream().map(day -> String.valueOf(day.date())).toList();
        int last = dates.size() - 1;
        if (last == 0) {
            return dates.get(0);
        }
        return dates.size() <= MOST_NAMED_DAYS
                ? String.join(", ", dates.subList(0, last)) + " and " + dates.get(last)
                : dates.get(0) + " to " + dates.get(last) + " (" + dates.size() + " days)";
    }

    private String change() {
        if (before == null) {
            return "";
        }
        long more = (long) newest.total() - before.total();
        return " (" + (more > 0 ? "+" : more < 0 ? "-" : "±") + Figures.number(Math.abs(more)) + ")";
    }

    /** One or two sentences. */
    public String headline() {
        return before == null ? words.headline() : words.headline() + " " + comparison(before);
    }

    private String comparison(StuckReport told) {
        long more = (long) newest.total() - told.total();
        String before = "the report of " + told.date();
        return more == 0
                ? "As many as in " + before + "."
                : Figures.number(Math.abs(more)) + (more > 0 ? " more" : " fewer") + " than in " + before + ".";
    }

    /** Whether nothing is stuck. */
    public boolean calm() {
        return newest.total() == 0;
    }

    /** A line below the headline. */
    public record Line(String label, String value) {}

    /** For a chat: what changed, and the greatest groups. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("Changes", words.changes()));
        for (String silence : words.silences()) {
            lines.add(new Line("Silent", silence));
        }
        addGroups(lines, "Why", newest.groups().byReason());
        addGroups(lines, "Accounts", newest.groups().byAccount());
        addGroups(lines, "Senders", newest.groups().bySender());
        lines.addAll(earlier());
        return lines;
    }

    /** The figures of the days before the newest. */
    public List<Line> earlier() {
        return days.subList(0, days.size() - 1).stream()
                .map(day -> new Line(String.valueOf(day.date()), figures(day)))
                .toList();
    }

    private static void addGroups(List<Line> lines, String label, List<Group> groups) {
        if (!groups.isEmpty()) {
            String greatest = groups.stream()
                    .limit(MOST_GROUPS)
                    .map(group -> group.label() + " " + Figures.number(group.count()))
                    .collect(Collectors.joining(", "));
            int others = groups.size() - MOST_GROUPS;
            lines.add(new Line(label, others > 0 ? greatest + ", and " + others + " more" : greatest));
        }
    }

    private static String figures(StuckReport day) {
        return Figures.number(day.total()) + " stuck, " + Figures.number(day.newlyStuck()) + " newly stuck, "
                + Figures.number(day.resolvedLate().count()) + " resolved late, "
                + Figures.number(day.neverReported().count()) + " given up";
    }

    /** For a mail program: tables with styles of their own, and no picture. */
    public String html() {
        StringOutput text = new StringOutput();
        JteletterGenerated.render(new OwaspHtmlTemplateOutput(text), null, this);
        return text.toString();
    }

    public ReportPage page() {
        return new ReportPage(newest, MOST_ROWS);
    }

    /** For a program without HTML. */
    public String text() {
        StringBuilder text =
                new StringBuilder(subject()).append("\n\n").append(headline()).append('\n');
        earlier().forEach(day -> text.append(day.label() + ": " + day.value() + "\n"));
        return text.append(link)
                .append("\n\n")
                .append(StuckReportTable.write(newest, Table.Screen.NONE, MOST_ROWS))
                .toString();
    }

    /** All that are stuck as of the newest day. */
    public String csv() {
        return ReportCsv.write(newest);
    }

    /** The place of the whole report. */
    public String link() {
        return link;
    }

    /** The newest day, whose the CSV is. */
    public LocalDate date() {
        return Objects.requireNonNull(newest.date());
    }

    /** For a program, without single messages. */
    public ObjectNode data() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("date", date().toString());
        ArrayNode dates = data.putArray("dates");
        days.forEach(day -> dates.add(String.valueOf(day.date())));
        data.put("total", newest.total());
        data.put("difference", before == null ? null : (long) newest.total() - before.total());
        data.put("compared_with", before == null ? null : String.valueOf(before.date()));
        data.put("newly_stuck", newest.newlyStuck());
        data.put("resolved_late", newest.resolvedLate().count());
        data.put("never_reported", newest.neverReported().count());
        data.set("by_account", ReportJson.tree(newest.groups().byAccount()));
        data.set("by_sender", ReportJson.tree(newest.groups().bySender()));
        data.set("by_reason", ReportJson.tree(newest.groups().byReason()));
        data.put("link", link);
        return data;
    }
}
