package dev.sendstatus.alert;

import dev.sendstatus.store.Alert;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An endpoint of the relay takes nothing any more. @param endpoints those that are configured */
record RelayRule(Reads reads, Set<String> endpoints) implements Rule {
    @Override
    public List<Finding> findings(Instant now, List<Alert> open) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        for (RelayEndpoint endpoint : reads.relay().endpoints()) {
            boolean gone = endpoint.state() == RelayEndpoint.State.GONE;
            if (!endpoints.contains(endpoint.name()) || !gone && endpoint.state() != RelayEndpoint.State.FAILING) {
                continue;
            }
            Instant since = endpoint.failingSince() == null ? now : endpoint.failingSince();
            String why = endpoint.reason() == null ? "" : ": " + AlertText.line(endpoint.reason());
            findings.add(Finding.of(
                    endpoint.name(),
                    gone ? Severity.CRITICAL : Severity.WARNING,
                    gone || !since.plus(Thresholds.RELAY).isAfter(now),
                    since,
                    null,
                    null,
                    gone
                            ? "The endpoint " + endpoint.name() + " said that it wants nothing more, and gets nothing"
                                    + why + "."
                            : "The endpoint " + endpoint.name() + " takes nothing" + why + ". Nothing is lost.",
                    gone
                            ? "You: if that was a mistake, mend the receiver and resume the endpoint (POST /v1/relay/"
                                    + endpoint.name() + "/resume)."
                            : "You: look at the receiver; sendstatus relay test " + endpoint.name()
                                    + " shows its answer. It goes on by itself."));
        }
        return findings;
    }
}
