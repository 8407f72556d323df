package dev.sendstatus.alert;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.OutcomeCounts.Kind;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.AlertQuestions;
import dev.sendstatus.store.jdbc.Reads;
import dev.sendstatus.store.jdbc.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks once with all rules. One thread at a time calls it; on several nodes, any number may. */
public final class Alerts {
    private static final Duration TIDIED_EVERY = Duration.ofHours(1);

    private final Store store;
    private final Reads reads;
    private final AlertSettings settings;
    private final Counting counting;
    /** Looked at in the order of their names: the first two mute others. */
    private final Map<RuleName, Rule> rules = new EnumMap<>(RuleName.class);

    private final AlertStates states;
    private final Heartbeat heartbeat;
    private final InstantSource clock;

    private Instant tidied = Instant.EPOCH;

    /**
     * The things that are watched.
     *
     * @param accounts that are configured
     * @param endpoints of the relay, by name
     * @param disk that the database is on; empty where it is not this host's
     */
    public record Watched(List<AccountName> accounts, Set<String> endpoints, Supplier<Optional<Disk>> disk) {
        public Watched {
            accounts = List.copyOf(accounts);
            endpoints = Set.copyOf(endpoints);
        }
    }

    /** @param channels the names of those that are told of an alert of that severity */
    public Alerts(
            Store store,
            Reads reads,
            AlertSettings settings,
            Watched watched,
            Catalogue catalogue,
            Function<Severity, List<String>> channels,
            InstantSource clock) {
        AlertQuestions questions = reads.alertQuestions();
        StateRules present = new StateRules(reads, questions, watched);
        this.store = store;
        this.reads = reads;
        this.settings = settings;
        this.counting = new Counting(store, reads.outcomes());
        this.states = new AlertStates(store, settings, channels);
        this.heartbeat = new Heartbeat(settings.heartbeat(), clock);
        this.clock = clock;
        rules.put(RuleName.SILENCE, (now, open) -> present.silence(now));
        rules.put(RuleName.REFUSED, new RefusedRule(reads, questions, store));
        rules.put(RuleName.DELIVERY_RATE, new RateRule(Kind.FAILED, reads.outcomes(), counting, catalogue));
        rules.put(RuleName.SPAM_FILTER, new RateRule(Kind.SPAM_FILTER, reads.outcomes(), counting, catalogue));
        rules.put(RuleName.OPT_OUT, new RateRule(Kind.OPT_OUT, reads.outcomes(), counting, catalogue));
        rules.put(RuleName.SLOW_RECEIPTS, new RateRule(Kind.LATE, reads.outcomes(), counting, catalogue));
        rules.put(RuleName.NEVER_REPORTED, new NeverReportedRule(questions));
        rules.put(RuleName.QUARANTINE, (now, open) -> present.quarantine(now));
        rules.put(RuleName.NEW_ERROR_CODE, (now, open) -> present.newErrorCode(now));
        rules.put(RuleName.RELAY, (now, open) -> present.relay(now));
        rules.put(RuleName.APPLY_BEHIND, (now, open) -> present.applyBehind(now));
        rules.put(RuleName.STORAGE, new StorageRule(questions, store, watched.disk()));
        rules.put(RuleName.RECONCILE, (now, open) -> present.reconcile());
    }

    /**
     * Looks once. A rule that cannot look changes nothing; the others do.
     *
     * @throws StoreException if counting failed, or one of the rules; an unexpected exception of a rule is thrown in the end as well
     */
    public void look() throws StoreException {
        Instant now = clock.instant();
        counting.run(reads.accounts(), counting.settlingTimes(now), now);
        tidy(now);
        Set<String> muted = new HashSet<>();
        Exception failure = null;
        for (Map.Entry<RuleName, Rule> rule : rules.entrySet()) {
            try {
                look(rule.getKey(), rule.getValue(), muted, now);
            } catch (StoreException | RuntimeException e) {
                failure = e;
            }
        }
        if (failure instanceof StoreException unavailable) {
            throw unavailable;
        }
        if (failure instanceof RuntimeException ours) {
            throw ours;
        }
        heartbeat.beat();
    }

    private void look(RuleName name, Rule rule, Set<String> muted, Instant now) throws StoreException {
        List<Alert> open = open(name);
        if (settings.off().contains(name.word())) {
            states.end(open, now);
            return;
        }
        List<Finding> findings = rule.findings(now, open);
        if (name == RuleName.SILENCE || name == RuleName.REFUSED) {
            // Also just after it: then comes what had waited, and nothing of that is usual.
            open.stream().filter(alert -> alert.state() == Alert.State.FIRING).forEach(alert -> muted.add(alert.key()));
            findings.forEach(finding -> muted.add(finding.key()));
        }
        boolean quiet = name.mutedBySilence();
        for (Finding finding : findings) {
            if (quiet && isOfAny(finding.key(), muted)) {
                continue;
            }
            Alert alert = of(finding, open);
            if (alert == null) {
                store.alerts().add(AlertStates.pending(name, finding));
                alert = of(finding, open(name));
            }
            if (alert != null) {
                states.seen(alert, finding, now);
            }
        }
        for (Alert alert : open) {
            boolean seen = findings.stream().anyMatch(finding -> finding.key().equals(alert.key()));
            // While nothing comes, the end of a trouble cannot be seen.
            if (!seen && !(quiet && isOfAny(alert.key(), muted))) {
                states.notSeen(alert, now);
            }
        }
    }

    private List<Alert> open(RuleName rule) throws StoreException {
        return reads.alerts().open().stream()
                .filter(alert -> alert.rule().equals(rule.word()))
                .toList();
    }

    private static @Nullable Alert of(Finding finding, List<Alert> open) {
        return open.stream()
                .filter(alert -> alert.key().equals(finding.key()))
                .findFirst()
                .orElse(null);
    }

    /** Whether that is one of these accounts, or a part of it. */
    private static boolean isOfAny(String key, Set<String> accounts) {
        return accounts.stream().anyMatch(account -> key.equals(account) || key.startsWith(account + " "));
    }

    private void tidy(Instant now) throws StoreException {
        if (tidied.plus(TIDIED_EVERY).isAfter(now)) {
            return;
        }
        store.outcomes()
                .tidy(now.minus(Thresholds.LATELY), Thresholds.MESSAGES, now.minus(Duration.ofDays(Thresholds.DAYS)));
        store.alerts().removeOld(now.minus(Thresholds.KEPT));
        tidied = now;
    }
}
