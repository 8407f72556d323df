package dev.sendstatus.report;

import dev.sendstatus.state.StuckReason;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A report in plain words, the same on each page, in a letter and on a terminal. */
public record ReportSentences(StuckReport report) {

    /** How many are stuck for that reason, and what to do about it. */
    public record Reason(String text, String count, String advice) {}

    public String title() {
        String asOf = "as of " + ReportWords.time(report.asOf(), report.timeZone()) + " "
                + report.timeZone().getId();
        return report.date() == null ? "Stuck messages, " + asOf : "Stuck messages of " + report.date() + ", " + asOf;
    }

    public String headline() {
        int total = report.total();
        if (total == 0) {
            return "No message is stuck.";
        }
        return Figures.messages(total) + (total == 1 ? " is stuck" : " are stuck")
                + ": sent, but never confirmed as delivered or failed.";
    }

    public String comparison() {
        Long before = report.totalDayBefore();
        if (before == null) {
            return "There is no report of the day before to compare this with.";
        }
        long more = report.total() - before;
        String than = "the day before, when there " + (before == 1 ? "was " : "were ") + Figures.number(before) + ".";
        if (more == 0) {
            return "That is as many as the day before.";
        }
        return "That is " + Figures.number(Math.abs(more)) + (more > 0 ? " more than " : " fewer than ") + than;
    }

    public String changes() {
        List<String> changes = new ArrayList<>();
        changes.add(Figures.number(report.newlyStuck()) + " newly stuck");
        changes.add(Figures.number(report.resolvedLate().count()) + " resolved late");
        changes.add(Figures.number(report.neverReported().count()) + " given up as never reported");
        return "Since " + ReportWords.time(report.since(), report.timeZone()) + ": " + String.join(", ", changes) + ".";
    }

    /** One line for each account of which nothing came: the cause behind many rows that look unrelated. */
    public List<String> silences() {
        return report.silent().stream().map(this::silence).toList();
    }

    private String silence(SilentAccount silent) {
        Instant since = silent.since();
        String from = since == null ? "from the start" : "since " + ReportWords.time(since, report.timeZone());
        String wait = silent.messages() == 1 ? "waits" : "wait";
        return silent.account() + ": provider silent " + from + "; " + Figures.messages(silent.messages())
                + " of these " + wait + " for that one reason.";
    }

    /** What to do, by reason, the most frequent first. */
    public List<Reason> reasons() {
        return report.groups().byReason().stream().map(ReportSentences::reason).toList();
    }

    private static Reason reason(Group group) {
        String advice = Arrays.stream(StuckReason.values())
                .filter(reason -> reason.word().equals(group.key()))
                .map(Advice::of)
                .findFirst()
                .orElse("");
        return new Reason(ReportWords.capitalized(group.label()), Figures.messages(group.count()), advice);
    }

    /** Empty if none was resolved. */
    public String lateness() {
        Long median = report.resolvedLate().medianLatenessSeconds();
        Long longest = report.resolvedLate().maxLatenessSeconds();
        if (median == null || longest == null) {
            return "";
        }
        return "Half of them were late by " + Figures.duration(median) + " or less, the latest by "
                + Figures.duration(longest) + ".";
    }

    /** The exact meaning of the figures. */
    public String rules() {
        StringBuilder rules = new StringBuilder("A message counts as stuck once it has waited for ")
                .append(Figures.duration(report.limits().threshold().toSeconds()));
        report.limits().accountThresholds().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> rules.append(" (")
                        .append(entry.getKey())
                        .append(": ")
                        .append(Figures.duration(entry.getValue().toSeconds()))
                        .append(')'));
        return rules.append(", and as never reported after ")
                .append(Figures.duration(report.limits().giveUp().toSeconds()))
                .append('.')
                .toString();
    }

    public String madeAt() {
        return "Made at " + ReportWords.time(report.madeAt(), report.timeZone()) + ". All times are those of "
                + report.timeZone().getId() + ".";
    }
}
