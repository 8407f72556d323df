package dev.sendstatus.alert;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.query.WebhookTraffic;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Nothing comes from an account although something should: {@code docs/silence.md}. */
record SilenceRule(Reads reads, List<AccountName> accounts) implements Rule {

    @Override
    public List<Finding> findings(Instant now, List<Alert> open) throws StoreException {
        WebhookTraffic traffic = WebhookTraffic.of(reads, now);
        List<Finding> findings = new ArrayList<>();
        for (AccountName account : accounts) {
            Silence silence = traffic.silences().get(account);
            if (silence == null || !silence.silent()) {
                continue;
            }
            Instant since = silence.since();
            findings.add(Finding.of(
                    account.toString(),
                    Severity.CRITICAL,
                    true,
                    since == null ? now : since,
                    0.0,
                    silence.expected() == 0 ? null : (double) silence.expected(),
                    account + ": no callback comes; " + silence.text() + ".",
                    "You: run sendstatus webhooks check, which compares the URL that the provider has; look at what was refused;"
                            + " see whether this server can be reached from outside."));
        }
        return findings;
    }
}
