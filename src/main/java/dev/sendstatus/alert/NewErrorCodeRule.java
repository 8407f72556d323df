package dev.sendstatus.alert;

import dev.sendstatus.store.Alert;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.AlertQuestions;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A provider sends an error code that the catalogue lacks. */
record NewErrorCodeRule(AlertQuestions questions) implements Rule {
    @Override
    public List<Finding> findings(Instant now, List<Alert> open) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        for (SeenErrorCode code : questions.newCodes(now.minus(Thresholds.NEW_CODE))) {
            String key = code.provider() + " " + code.code();
            findings.add(Finding.of(
                    key,
                    Severity.INFO,
                    true,
                    code.lastAt(),
                    (double) code.count(),
                    null,
                    "The catalogue does not know the error code %s, which came %s times."
                            .formatted(key, Figures.number(code.count())),
                    "You: see what the provider says about it, and add it to the file that errors.file names."));
        }
        return findings;
    }
}
