package dev.sendstatus.channel;

import dev.sendstatus.store.Notice;
import dev.sendstatus.store.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which notices of a channel go into one message: alerts that come within a minute, all that waited for the end of the quiet hours, the
 * reports of several missed days. A message that was tried before stays as it was.
 */
final class Batches {
    /** From the first alert on others may join it; a report waits so long for those of the next days. */
    static final Duration WINDOW = Duration.ofSeconds(60);

    private final @Nullable QuietHours quiet;
    private final boolean together;

    /** @param together false where each notice is a message of its own, as for a program */
    Batches(@Nullable QuietHours quiet, boolean together) {
        this.quiet = quiet;
        this.together = together;
    }

    /** Those that are to be sent now, each as one message: nothing but alerts, or nothing but reports. */
    List<List<Notice.Waiting>> due(Collection<Notice.Waiting> waiting, Instant now) {
        Map<String, List<Notice.Waiting>> tried = new LinkedHashMap<>();
        List<Notice.Waiting> alerts = new ArrayList<>();
        List<Notice.Waiting> reports = new ArrayList<>();
        for (Notice.Waiting one : waiting) {
            if (one.message() != null) {
                tried.computeIfAbsent(one.message(), id -> new ArrayList<>()).add(one);
            } else if (one.notice().type() == Notice.Type.REPORT_STUCK) {
                reports.add(one);
            } else if (!waitsForTheEnd(one, now)) {
                alerts.add(one);
            }
        }
        List<List<Notice.Waiting>> due = new ArrayList<>(tried.values());
        alerts(alerts, now, due);
        reports(reports, now, due);
        return due;
    }

    private boolean waitsForTheEnd(Notice.Waiting one, Instant now) {
        return quiet != null && quiet.holds(now) && one.notice().severity() != Severity.CRITICAL;
    }

    private void alerts(List<Notice.Waiting> alerts, Instant now, List<List<Notice.Waiting>> due) {
        if (!together) {
            alerts.forEach(one -> due.add(List.of(one)));
            return;
        }
        List<Notice.Waiting> left = new ArrayList<>(alerts);
        left.sort(Comparator.comparing((Notice.Waiting one) -> one.notice().at())
                .thenComparing(one -> one.notice().subject()));
        while (!left.isEmpty()) {
            Instant first = left.get(0).notice().at();
            Instant last = first.plus(WINDOW);
            if (last.isAfter(now)) {
                return;
            }
            boolean waited = quiet != null && quiet.holds(first);
            List<Notice.Waiting> batch = left.stream()
                    .filter(one -> waited || !one.notice().at().isAfter(last))
                    .toList();
            due.add(batch);
            left.removeAll(batch);
        }
    }

    private static void reports(List<Notice.Waiting> reports, Instant now, List<List<Notice.Waiting>> due) {
        boolean complete =
                reports.stream().noneMatch(one -> one.notice().at().plus(WINDOW).isAfter(now));
        if (!reports.isEmpty() && complete) {
            due.add(reports.stream()
                    .sorted(Comparator.comparing(one -> one.notice().subject()))
                    .toList());
        }
    }
}
