package dev.sendstatus.alert;

import dev.sendstatus.store.Alert;
import dev.sendstatus.store.ApiRefusal;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.AlertQuestions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A provider does not accept the credentials that its API is called with. */
record ReconcileRule(AlertQuestions questions) implements Rule {
    @Override
    public List<Finding> findings(Instant now, List<Alert> open) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        for (ApiRefusal refusal : questions.apiRefusals()) {
            findings.add(Finding.of(
                    refusal.account().toString(),
                    Severity.WARNING,
                    true,
                    refusal.since(),
                    null,
                    null,
                    "%s: the provider refuses our API credentials, so stuck messages are not asked about: %s."
                            .formatted(refusal.account(), AlertText.line(refusal.answer())),
                    "You: renew the account's API credentials; sendstatus reconcile tries them at once."));
        }
        return findings;
    }
}
