package dev.sendstatus.report;

import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report in plain words, the same on the page and in the terminal. */
final class ReportSentences {
    private final StuckReport report;

    ReportSentences(StuckReport report) {
        this.report = report;
    }

    String title() {
        String asOf = "as of " + ReportWords.time(report.asOf(), report.timeZone()) + " "
                + report.timeZone().getId();
        return report.date() == null ? "Stuck messages, " + asOf : "Stuck messages of " + report.date() + ", " + asOf;
    }

    String headline() {
        int total = report.total();
        if (total == 0) {
            return "No message is stuck.";
        }
        return Figures.messages(total) + (total == 1 ? " is stuck" : " are stuck")
                + ": sent, but never confirmed as delivered or failed.";
    }

    String comparison() {
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

    String changes() {
        List<String> changes = new ArrayList<>();
        changes.add(Figures.number(report.newlyStuck()) + " newly stuck");
        changes.add(Figures.number(report.resolvedLate().count()) + " resolved late");
        changes.add(Figures.number(report.neverReported().count()) + " given up as never reported");
        return "Since " + ReportWords.time(report.since(), report.timeZone()) + ": " + String.join(", ", changes) + ".";
    }

    /** One line for each account of which nothing came: the cause behind many rows that look unrelated. */
    List<String> silences() {
        return report.silent().stream().map(this::silence).toList();
    }

    private String silence(SilentAccount silent) {
        Instant since = silent.since();
        String from = since == null ? "from the start" : "since " + ReportWords.time(since, report.timeZone());
        String wait = silent.messages() == 1 ? "waits" : "wait";
        return silent.account() + ": provider silent " + from + "; " + Figures.messages(silent.messages())
                + " of these " + wait + " for that one reason.";
    }

    /** Empty if none was resolved. */
    String lateness() {
        Long median = report.resolvedLate().medianLatenessSeconds();
        Long longest = report.resolvedLate().maxLatenessSeconds();
        if (median == null || longest == null) {
            return "";
        }
        return "Half of them were late by " + Figures.duration(median) + " or less, the latest by "
                + Figures.duration(longest) + ".";
    }

    /** The exact meaning of the figures. */
    String rules() {
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
}
