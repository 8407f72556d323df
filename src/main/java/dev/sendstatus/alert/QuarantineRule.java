package dev.sendstatus.alert;

import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.AlertQuestions;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Callbacks came that this version does not understand. */
record QuarantineRule(AlertQuestions questions) implements Rule {
    private static final int AMONG = 1_000;

    @Override
    public List<Finding> findings(Instant now, List<Alert> open) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        for (AlertQuestions.Quarantine some : questions.quarantine(AMONG)) {
            boolean more = some.callbacks() >= AMONG;
            findings.add(Finding.of(
                    some.account().toString(),
                    Severity.WARNING,
                    !some.since().plus(Thresholds.QUARANTINE).isAfter(now),
                    some.since(),
                    (double) some.callbacks(),
                    0.0,
                    "%s: %s%s in quarantine: %s."
                            .formatted(
                                    some.account(),
                                    Figures.number(some.callbacks()),
                                    more
                                            ? " callbacks or more are"
                                            : some.callbacks() == 1 ? " callback is" : " callbacks are",
                                    AlertText.line(some.reason())),
                    "You: look at one (sendstatus quarantine), upgrade to a version that understands it, and run sendstatus replay"
                            + " --quarantined. Nothing is lost meanwhile."));
        }
        return findings;
    }
}
