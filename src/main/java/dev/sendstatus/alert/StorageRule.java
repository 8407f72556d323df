package dev.sendstatus.alert;

import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Noted;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.AlertQuestions;
import dev.sendstatus.store.jdbc.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The disk of the database is nearly full, or soon will be. */
record StorageRule(AlertQuestions questions, Store store, Supplier<Optional<Disk>> disk) implements Rule {
    private static final String KEY = "disk";
    private static final Duration NOTED_EVERY = Duration.ofHours(1);
    private static final double DAY_SECONDS = 86_400;

    @Override
    public List<Finding> findings(Instant now, List<Alert> open) throws StoreException {
        Disk present = disk.get().orElse(null);
        if (present == null || present.total() <= 0) {
            return List.of();
        }
        List<Noted> noted = questions.noted(Noted.What.DISK_FREE);
        Instant week = now.minus(Thresholds.DISK_RATE_OVER);
        if (noted.isEmpty()
                || !noted.get(noted.size() - 1).at().plus(NOTED_EVERY).isAfter(now)) {
            store.alerts().note(Noted.What.DISK_FREE, List.of(new Noted(KEY, now, present.free())), week);
        }
        double free = (double) present.free() / present.total();
        Double days = noted.stream()
                .filter(note -> !note.at().isBefore(week))
                .findFirst()
                .filter(first -> !first.at().plus(Thresholds.DISK_RATE_AT_LEAST).isAfter(now))
                .map(first -> daysLeft(first, present.free(), now))
                .orElse(Double.POSITIVE_INFINITY);
        boolean soonFull = days <= Thresholds.DISK_FULL_WITHIN.toDays();
        if (free >= Thresholds.DISK_FREE && !soonFull) {
            return List.of();
        }
        String text = "Of the database's disk " + AlertText.percent(free) + " are free"
                + (soonFull ? "; at this week's rate it is full in " + Math.max(0, Math.round(days)) + " days." : ".");
        return List.of(Finding.of(
                KEY,
                Severity.CRITICAL,
                true,
                now,
                free,
                null,
                text,
                "You: give it more room, or shorten retention.raw. On a full disk every callback gets 503, and the providers give up"
                        + " after some time."));
    }

    private static double daysLeft(Noted first, long free, Instant now) {
        double used = first.figure() - (double) free;
        double days = Duration.between(first.at(), now).toSeconds() / DAY_SECONDS;
        return used <= 0 ? Double.POSITIVE_INFINITY : free / (used / days);
    }
}
