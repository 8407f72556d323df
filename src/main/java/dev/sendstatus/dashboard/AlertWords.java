package dev.sendstatus.dashboard;

import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.store.Alert;
import dev.sendstatus.text.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How pages say what is wrong. */
final class AlertWords {
    private AlertWords() {}

    static String href(Alert alert) {
        return AlertsPage.PATH + "/" + alert.id();
    }

    static List<Badge> badges(Alert alert, Instant now) {
        List<Badge> badges = new ArrayList<>();
        String state = alert.state().name().toLowerCase(Locale.ROOT);
        badges.add(new Badge(
                state,
                switch (alert.state()) {
                    case PENDING -> Kind.PLAIN;
                    case FIRING -> Kind.BAD;
                    case RESOLVED -> Kind.GOOD;
                }));
        badges.add(new Badge(
                alert.severity().name().toLowerCase(Locale.ROOT),
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
        if (alert.messages() != null || value > 0 && value < 1) {
            return exact.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
        }
        return exact.stripTrailingZeros().scale() <= 0
                ? Figures.number(exact.longValue())
                : exact.setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** The page that shows more of what it is about; null if there is none. */
    static Frame.@Nullable Entry more(Alert alert) {
        return switch (alert.rule()) {
            case "silence", "refused", "reconcile" -> new Frame.Entry(AccountsPage.PATH, "Accounts");
            case "quarantine" -> new Frame.Entry(QuarantinePage.PATH, "Quarantine");
            case "new_error_code" -> new Frame.Entry(ErrorsPage.PATH + "?known=false", "Codes that are not known");
            case "relay" -> new Frame.Entry(RelayPage.PATH, "Relay");
            case "never_reported", "slow_receipts" ->
                new Frame.Entry(MessagesPage.PATH + "?status=SENT", "Messages at SENT");
            case "delivery_rate", "spam_filter", "opt_out" ->
                new Frame.Entry(MessagesPage.PATH + "?status=ERROR&since=48h", "Failed messages of two days");
            default -> null;
        };
    }
}
