package dev.sendstatus.dashboard;

import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.query.ParameterText;
import dev.sendstatus.store.Alert;
import dev.sendstatus.text.Figures;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How pages describe alerts. */
final class AlertWords {
    private AlertWords() {}

    static String href(Alert alert) {
        return AlertsPage.PATH + "/" + alert.id();
    }

    static List<Badge> badges(Alert alert, Instant now) {
        List<Badge> badges = new ArrayList<>();
        badges.add(new Badge(
                ParameterText.word(alert.state()),
                switch (alert.state()) {
                    case PENDING -> Kind.PLAIN;
                    case FIRING -> Kind.BAD;
                    case RESOLVED -> Kind.GOOD;
                }));
        badges.add(new Badge(
                ParameterText.word(alert.severity()),
                switch (alert.severity()) {
                    case INFO -> Kind.OPEN;
                    case WARNING -> Kind.WARNING;
                    case CRITICAL -> Kind.BAD;
                }));
        if (alert.state() != Alert.State.RESOLVED && alert.silenced(now)) {
            badges.add(new Badge("silenced", Kind.PLAIN));
        }
        return badges;
    }

    /** A value of the alert: a share of messages where these are counted, else a number. A dash for none. */
    static String value(Alert alert, @Nullable Double value) {
        if (value == null) {
            return "–";
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        return alert.messages() != null || value > 0 && value < 1 ? Figures.percent(exact) : Figures.number(exact);
    }

    /** The page of its subject; null if there is none. */
    static @Nullable Way more(Alert alert) {
        return switch (alert.rule()) {
            case "silence", "refused", "reconcile" -> Way.to("Accounts", AccountsPage.PATH);
            case "quarantine" -> Way.to("Quarantine", QuarantinePage.PATH);
            case "new_error_code" -> Way.to("Codes that are not known", ErrorsPage.PATH + "?known=false");
            case "relay" -> Way.to("Relay", RelayPage.PATH);
            case "never_reported", "slow_receipts" -> Way.to("Messages at SENT", MessagesPage.PATH + "?status=SENT");
            case "delivery_rate", "spam_filter", "opt_out" ->
                Way.to("Failed messages of two days", MessagesPage.PATH + "?status=ERROR&since=48h");
            default -> null;
        };
    }
}
