package dev.sendstatus.alert;

import dev.sendstatus.store.Alert;
import dev.sendstatus.store.Notice;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Store;
import dev.sendstatus.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state changes of an alert, with their notices: its rule sees the fault, or does not see it any more. Each change is one
 * transaction, with its notices, and only from the state that was read: of several nodes one succeeds.
 */
final class AlertStates {
    private final Store store;
    private final AlertSettings settings;
    private final Function<Severity, List<String>> channels;

    AlertStates(Store store, AlertSettings settings, Function<Severity, List<String>> channels) {
        this.store = store;
        this.settings = settings;
        this.channels = channels;
    }

    /** An alert as it begins. */
    static Alert pending(RuleName rule, Finding finding) {
        return new Alert(
                0,
                rule.word(),
                finding.key(),
                Alert.State.PENDING,
                finding.severity(),
                finding.since().truncatedTo(ChronoUnit.MILLIS),
                null,
                null,
                finding.value(),
                finding.usual(),
                finding.messages(),
                finding.parts(),
                text(finding, finding.since()),
                finding.advice(),
                null,
                null,
                null,
                null);
    }

    private static String text(Finding finding, Instant since) {
        return finding.text() + " Since " + Figures.time(since) + ".";
    }

    /** @param alert as it was read */
    void seen(Alert alert, Finding finding, Instant now) throws StoreException {
        Alert seen = seenAs(alert, finding);
        if (alert.state() == Alert.State.PENDING) {
            if (finding.sure()) {
                change(alert, seen.in(Alert.State.FIRING, now), Notice.Type.ALERT_FIRED, now);
            } else if (!seen.equals(alert)) {
                change(alert, seen, null, now);
            }
        } else if (alert.toldAt() == null || seen.severity().compareTo(alert.severity()) > 0) {
            // It fired while it was silenced, or is worse than it was: then channels are told that were not told
            // before.
            change(alert, seen, Notice.Type.ALERT_FIRED, now);
        } else if (!alert.toldAt().plus(settings.remind()).isAfter(now)) {
            change(alert, seen, Notice.Type.ALERT_REMINDER, now);
        } else if (!seen.equals(alert)) {
            change(alert, seen, null, now);
        }
    }

    private static Alert seenAs(Alert alert, Finding finding) {
        return new Alert(
                alert.id(),
                alert.rule(),
                alert.key(),
                alert.state(),
                finding.severity(),
                alert.since(),
                alert.firedAt(),
                alert.resolvedAt(),
                finding.value(),
                finding.usual(),
                finding.messages(),
                finding.parts(),
                text(finding, alert.since()),
                finding.advice(),
                alert.silencedUntil(),
                alert.comment(),
                null,
                alert.toldAt());
    }

    /** @param alert as it was read */
    void notSeen(Alert alert, Instant now) throws StoreException {
        Instant calm = alert.calmSince();
        if (alert.state() == Alert.State.PENDING) {
            store.alerts().forgetPending(alert.id());
        } else if (calm == null) {
            change(alert, alert.calmSince(now), null, now);
        } else if (!calm.plus(Thresholds.CALM).isAfter(now)) {
            change(alert, alert.in(Alert.State.RESOLVED, now), Notice.Type.ALERT_RESOLVED, now);
        }
    }

    /** Their rule was switched off: nobody is told. */
    void end(List<Alert> open, Instant now) throws StoreException {
        for (Alert alert : open) {
            if (alert.state() == Alert.State.PENDING) {
                store.alerts().forgetPending(alert.id());
            } else {
                change(alert, alert.in(Alert.State.RESOLVED, now), null, now);
            }
        }
    }

    /** @param type of the notice, unless the alert is silenced; null for none */
    private void change(Alert read, Alert changed, Notice.@Nullable Type type, Instant now) throws StoreException {
        // That something ended which nobody was told of is no news.
        boolean news = type != Notice.Type.ALERT_RESOLVED || read.toldAt() != null;
        if (type == null || !news || changed.silenced(now)) {
            if (!changed.equals(read)) {
                store.alerts().change(read, changed, null, List.of());
            }
            return;
        }
        Alert told = changed.toldAt(now);
        Notice notice = new Notice(
                "alert/" + told.id() + "/" + subject(type, now),
                type,
                told.severity(),
                now,
                AlertDocument.of(told).toString());
        store.alerts().change(read, told, notice, channels.apply(told.severity()));
    }

    /** Of one subject, a channel is told once. */
    private String subject(Notice.Type type, Instant now) {
        return switch (type) {
            case ALERT_FIRED -> "fired";
            case ALERT_RESOLVED -> "resolved";
            case ALERT_REMINDER ->
                "reminder/"
                        + (settings.remind().compareTo(Duration.ofDays(1)) < 0
                                ? Figures.time(now)
                                : now.atZone(ZoneOffset.UTC).toLocalDate().toString());
            case REPORT_STUCK -> throw new IllegalArgumentException("a report is no alert");
        };
    }
}
