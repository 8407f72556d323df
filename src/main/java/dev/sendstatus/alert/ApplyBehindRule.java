package dev.sendstatus.alert;

import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Callbacks are acknowledged, and for a while not part of their messages. */
record ApplyBehindRule(Reads reads) implements Rule {
    private static final String KEY = "apply";

    @Override
    public List<Finding> findings(Instant now, List<Alert> open) throws StoreException {
        Instant since = reads.callbacks().waitingSince();
        if (since == null || !since.plus(Thresholds.APPLY_BEHIND).isBefore(now)) {
            return List.of();
        }
        long seconds = Duration.between(since, now).toSeconds();
        return List.of(Finding.of(
                KEY,
                Severity.WARNING,
                true,
                since,
                (double) seconds,
                0.0,
                "Callbacks wait for " + Figures.duration(seconds)
                        + " to become part of their messages, usually less than a second. Nothing is lost.",
                "You: look at the log and at the load of the database; what waits is worked off by itself."));
    }
}
