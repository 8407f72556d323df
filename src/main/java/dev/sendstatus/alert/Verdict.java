package dev.sendstatus.alert;

import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeCounts.Kind;
import dev.sendstatus.store.OutcomeSeries;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;
import org.jspecify.annotations.Nullable;

/**
 * That a key's messages fare worse than usual. The arithmetic of the rates stands here, and needs nothing but counts.
 *
 * @param sure whether people are to be told
 * @param since when the first of these messages was first heard of
 * @param counts of the messages that are judged
 * @param usual the share that is usual; null if nothing is known
 */
record Verdict(
        boolean sure,
        Instant since,
        OutcomeCounts counts,
        @Nullable Double usual) {

    /** Empty if nothing is wrong. @param settled up to when the account's messages have settled */
    static Optional<Verdict> of(Kind kind, OutcomeSeries series, Instant settled) {
        List<Look> looks = Look.newest(series.recent(), settled, Thresholds.LATELY);
        OutcomeCounts history = series.days().stream().reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
        Double usual = history.messages() == 0 ? null : history.share(kind);
        List<Look> worse = looks.stream()
                .filter(look -> worse(kind, look.counts(), history, series.days()))
                .toList();
        if (!worse.isEmpty()) {
            Look first = worse.get(worse.size() - 1);
            OutcomeCounts counts = worse.stream().map(Look::counts).reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
            if (worse.size() == Look.MOST || !absolute(kind, series.lately())) {
                return Optional.of(new Verdict(worse.size() == Look.MOST, first.since(), counts, usual));
            }
        }
        if (absolute(kind, series.lately())) {
            Instant since =
                    series.recent().isEmpty() ? settled : series.recent().get(0).firstAt();
            return Optional.of(new Verdict(true, since, series.lately(), usual));
        }
        return Optional.empty();
    }

    private static boolean absolute(Kind kind, OutcomeCounts lately) {
        return kind == Kind.SPAM_FILTER
                && lately.messages() >= Thresholds.MESSAGES
                && lately.share(kind) >= Thresholds.SPAM_SHARE;
    }

    private static boolean worse(Kind kind, OutcomeCounts look, OutcomeCounts history, List<OutcomeCounts> days) {
        if (look.messages() < Thresholds.MESSAGES || look.of(kind) < Thresholds.BAD) {
            return false;
        }
        if (kind == Kind.LATE && look.share(kind) < Thresholds.LATE_SHARE) {
            return false;
        }
        List<OutcomeCounts> comparable = days.stream()
                .filter(day -> day.messages() >= Thresholds.COMPARABLE_DAY)
                .toList();
        if (comparable.size() < Thresholds.COMPARABLE_DAYS) {
            return false;
        }
        double worst =
                comparable.stream().mapToDouble(day -> day.share(kind)).max().orElse(0);
        double blocks = blocks(kind, comparable);
        // A day is many messages and a look is few, so its share scatters more: the least that it stands for has to be
        // worse.
        return wilson(kind, look, blocks).getLowerBound() > worst
                && atLeastWorseBy(kind, look, history, blocks) > Thresholds.margin(kind);
    }

    /**
     * How many messages count as one, since their failures come in blocks: how much more the shares of days scatter than they would if
     * each message failed by itself. The chi-square of the days by its degrees of freedom; 1 at least.
     */
    private static double blocks(Kind kind, List<OutcomeCounts> days) {
        OutcomeCounts all = days.stream().reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
        double usual = all.share(kind);
        if (usual == 0 || usual == 1) {
            return 1;
        }
        double scatter = 0;
        for (OutcomeCounts day : days) {
            double off = day.share(kind) - usual;
            scatter += day.messages() * off * off / (usual * (1 - usual));
        }
        return Math.max(1, scatter / (days.size() - 1));
    }

    /** Newcombe's lower bound of the difference of two shares, from their Wilson intervals. */
    static double atLeastWorseBy(Kind kind, OutcomeCounts look, OutcomeCounts usual, double blocks) {
        double now = look.share(kind);
        double before = usual.share(kind);
        double below = now - wilson(kind, look, blocks).getLowerBound();
        double above = wilson(kind, usual, blocks).getUpperBound() - before;
        return now - before - Math.sqrt(below * below + above * above);
    }

    private static Interval wilson(Kind kind, OutcomeCounts counts, double blocks) {
        // Beyond an int the interval is as narrow as can be.
        int messages = (int) Math.max(1, Math.min(Integer.MAX_VALUE, counts.messages() / blocks));
        int bad = (int) Math.min(messages, Math.round(counts.share(kind) * messages));
        return BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(messages, bad, Thresholds.ERROR_RATE);
    }
}
