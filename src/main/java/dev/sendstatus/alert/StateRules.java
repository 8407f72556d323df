package dev.sendstatus.alert;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.query.WebhookTraffic;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.ApiRefusal;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.AlertQuestions;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rules that see a fault by the present state alone, and compare nothing. */
record StateRules(Reads reads, AlertQuestions questions, Alerts.Watched watched) {
    private static final int QUARANTINE_AMONG = 1_000;

    /** Nothing comes from an account although something should: {@code docs/silence.md}. */
    List<Finding> silence(Instant now) throws StoreException {
        WebhookTraffic traffic = WebhookTraffic.of(reads, now);
        List<Finding> findings = new ArrayList<>();
        for (AccountName account : watched.accounts()) {
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

    /** Callbacks came that this version does not understand. */
    List<Finding> quarantine(Instant now) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        for (AlertQuestions.Quarantine some : questions.quarantine(QUARANTINE_AMONG)) {
            boolean more = some.callbacks() >= QUARANTINE_AMONG;
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

    /** A provider sends an error code that the catalogue lacks. */
    List<Finding> newErrorCode(Instant now) throws StoreException {
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

    /** An endpoint of the relay takes nothing any more. */
    List<Finding> relay(Instant now) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        for (RelayEndpoint endpoint : reads.relay().endpoints()) {
            String name = endpoint.name();
            boolean gone = endpoint.state() == RelayEndpoint.State.GONE;
            if (!watched.endpoints().contains(name) || !gone && endpoint.state() != RelayEndpoint.State.FAILING) {
                continue;
            }
            Instant since = endpoint.failingSince() == null ? now : endpoint.failingSince();
            String why = endpoint.reason() == null ? "" : ": " + AlertText.line(endpoint.reason());
            findings.add(Finding.of(
                    name,
                    gone ? Severity.CRITICAL : Severity.WARNING,
                    gone || !since.plus(Thresholds.RELAY).isAfter(now),
                    since,
                    null,
                    null,
                    "The endpoint " + name
                            + (gone
                                    ? " said that it wants nothing more, and gets nothing" + why + "."
                                    : " takes nothing" + why + ". Nothing is lost."),
                    gone
                            ? "You: if that was a mistake, mend the receiver and resume the endpoint (POST /v1/relay/"
                                    + name + "/resume)."
                            : "You: look at the receiver; sendstatus relay test " + name
                                    + " shows its answer. It goes on by itself."));
        }
        return findings;
    }

    /** Callbacks are acknowledged, and for a while not part of their messages. */
    List<Finding> applyBehind(Instant now) throws StoreException {
        Instant since = reads.callbacks().waitingSince();
        if (since == null || !since.plus(Thresholds.APPLY_BEHIND).isBefore(now)) {
            return List.of();
        }
        long seconds = Duration.between(since, now).toSeconds();
        return List.of(Finding.of(
                "apply",
                Severity.WARNING,
                true,
                since,
                (double) seconds,
                0.0,
                "Callbacks wait for " + Figures.duration(seconds)
                        + " to become part of their messages, usually less than a second. Nothing is lost.",
                "You: look at the log and at the load of the database; what waits is worked off by itself."));
    }

    /** A provider does not accept the credentials that its API is called with. */
    List<Finding> reconcile() throws StoreException {
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
