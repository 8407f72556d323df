package dev.sendstatus.alert;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.AlertQuestions;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** More messages than on other days were given up without a final report. */
record NeverReportedRule(AlertQuestions questions) implements Rule {
    private static final Duration DAY = Duration.ofDays(1);
    private static final long TODAY = 0L;

    @Override
    public List<Finding> findings(Instant now, List<Alert> open) throws StoreException {
        boolean many = questions.neverReported(now, DAY).values().stream()
                .anyMatch(days -> days.getOrDefault(TODAY, 0L) >= Thresholds.NEVER_REPORTED);
        if (!many) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        questions.neverReported(now, Duration.ofDays(Thresholds.DAYS)).forEach((account, days) -> {
            long today = days.getOrDefault(TODAY, 0L);
            double usual = usualDay(days);
            if (today >= Thresholds.NEVER_REPORTED && today >= Thresholds.NEVER_REPORTED_FACTOR * usual) {
                findings.add(finding(account, today, usual, now));
            }
        });
        return findings;
    }

    /** The mean of the days before, since the first on which any was given up. */
    private static double usualDay(Map<Long, Long> days) {
        long oldest = days.keySet().stream().mapToLong(Long::longValue).max().orElse(TODAY);
        long all = days.values().stream().mapToLong(Long::longValue).sum() - days.getOrDefault(TODAY, 0L);
        return oldest == TODAY ? 0 : (double) all / oldest;
    }

    private static Finding finding(AccountName account, long today, double usual, Instant now) {
        return Finding.of(
                account.toString(),
                Severity.WARNING,
                true,
                now.minus(DAY),
                (double) today,
                usual,
                "%s: %s never got a final report and were given up in the last 24 hours, usually %s a day."
                        .formatted(account, Figures.messages(today), Figures.number(Math.round(usual))),
                "You: see in the stuck report where they stopped; set the account's API credentials, so that the provider is asked"
                        + " (sendstatus reconcile).");
    }
}
