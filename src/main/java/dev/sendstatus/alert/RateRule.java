package dev.sendstatus.alert;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.Category;
import dev.sendstatus.catalog.ErrorMeaning;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeCounts.Kind;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.OutcomeKey.Dimension;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.OutcomeReader;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** More messages than usual fail, are taken for spam, are refused as opted out, or are reported late. */
record RateRule(Kind kind, OutcomeReader outcomes, Counting counting, Catalogue catalogue) implements Rule {
    private static final int PARTS = 3;
    private static final int NEWEST_FAILED = 500;

    @Override
    public List<Finding> findings(Instant now, List<Alert> open) throws StoreException {
        Map<AccountName, SettlingTimes> times = counting.settlingTimes(now);
        Map<String, Alert> openByKey = new HashMap<>();
        open.forEach(alert -> openByKey.put(alert.key(), alert));
        Map<OutcomeKey, Verdict> verdicts = new HashMap<>();
        for (OutcomeKey key : outcomes.troubled(kind, now.minus(Thresholds.LATELY), Thresholds.BAD, Thresholds.KEYS)) {
            if ((key.dimension() == Dimension.RECEIPTS) == (kind == Kind.LATE)) {
                Alert alert = openByKey.get(key.toString());
                SettlingTimes settling = times.getOrDefault(key.account(), SettlingTimes.UNKNOWN);
                verdict(key, alert, settling, now).ifPresent(verdict -> verdicts.put(key, verdict));
            }
        }
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<OutcomeKey, Verdict> entry : withoutParts(verdicts, key -> fires(openByKey.get(key.toString())))
                .entrySet()) {
            findings.add(finding(entry.getKey(), entry.getValue(), times));
        }
        return findings;
    }

    private static boolean fires(@Nullable Alert alert) {
        return alert != null && alert.state() == Alert.State.FIRING;
    }

    /**
     * Without the parts of an account of which people are told: its alert names them. A part that was told before goes on by itself. While it
     * is not sure that the account is worse, its parts are told, since they may be all that there is.
     */
    static Map<OutcomeKey, Verdict> withoutParts(Map<OutcomeKey, Verdict> verdicts, Predicate<OutcomeKey> fires) {
        Map<OutcomeKey, Verdict> left = new HashMap<>(verdicts);
        left.keySet().removeIf(key -> {
            OutcomeKey account = OutcomeKey.of(key.account());
            Verdict whole = verdicts.get(account);
            return !key.whole() && !fires.test(key) && (fires.test(account) || whole != null && whole.sure());
        });
        return left;
    }

    /** The usual rate is that of the time before the fault began. Otherwise the fault itself would soon be usual. */
    private Optional<Verdict> verdict(OutcomeKey key, @Nullable Alert alert, SettlingTimes times, Instant now)
            throws StoreException {
        return Verdict.of(
                kind,
                outcomes.series(
                        key,
                        now.minus(Duration.ofDays(Thresholds.DAYS)),
                        // History is kept by hours, the one that runs too.
                        alert == null ? now.plus(Duration.ofHours(1)) : alert.since(),
                        now.minus(Thresholds.LATELY)),
                now.minus(kind == Kind.LATE ? times.late() : times.settled()));
    }

    private Finding finding(OutcomeKey key, Verdict verdict, Map<AccountName, SettlingTimes> times)
            throws StoreException {
        OutcomeCounts counts = verdict.counts();
        Double usual = verdict.usual();
        List<String> parts = key.dimension() == Dimension.ACCOUNT ? parts(key, verdict) : List.of();
        String text = "%s: %s of %s %s: %s, usually %s.%s"
                .formatted(
                        key,
                        Figures.number(counts.of(kind)),
                        Figures.messages(counts.messages()),
                        happened(times.getOrDefault(key.account(), SettlingTimes.UNKNOWN)),
                        AlertText.percent(counts.share(kind)),
                        usual == null ? "unknown" : AlertText.percent(usual),
                        parts.isEmpty() ? "" : " Mostly: " + String.join("; ", parts) + ".");
        return new Finding(
                key.toString(),
                Severity.WARNING,
                verdict.sure(),
                verdict.since(),
                counts.share(kind),
                usual,
                counts.messages(),
                parts,
                text,
                advice(key.account()));
    }

    private String happened(SettlingTimes times) {
        return switch (kind) {
            case FAILED -> "failed";
            case SPAM_FILTER -> "were taken for spam";
            case OPT_OUT -> "were refused because the recipient opted out";
            case LATE ->
                "had no final report after " + Figures.duration(times.late().toSeconds());
        };
    }

    private List<String> parts(OutcomeKey key, Verdict verdict) throws StoreException {
        List<String> parts = new ArrayList<>();
        outcomes.parts(key.account(), kind, verdict.since(), PARTS).forEach((part, counts) -> {
            if (counts.of(kind) > 0) {
                parts.add(AlertText.line(part.part()) + ": " + Figures.number(counts.of(kind)) + " of "
                        + Figures.number(counts.messages()));
            }
        });
        return parts;
    }

    private String advice(AccountName account) throws StoreException {
        return switch (kind) {
            case SPAM_FILTER -> Category.SPAM_FILTER.advice();
            case OPT_OUT ->
                "You: look at who is on the list and what the text says; take those who opted out off your lists, and check that"
                        + " your program obeys STOP.";
            case LATE ->
                "The carrier or the provider: look at the provider's status page; the messages themselves may have arrived.";
            case FAILED -> {
                Optional<ErrorMeaning> common = outcomes.commonCode(account, NEWEST_FAILED)
                        .flatMap(code -> catalogue.find(account.provider(), code));
                yield common.map(entry -> "Most often: " + entry.code() + " " + entry.title() + ". " + entry.advice())
                        .orElse("You: look at the error codes of these messages, and at the provider's status page.");
            }
        };
    }
}
