package dev.sendstatus.state;

import dev.sendstatus.event.Progress;
import java.util.Locale;

/** The known reason why a message is stuck. The API uses the name in lower case. */
public enum StuckReason {
    NEVER_ANY_CALLBACK("never any callback"),
    ACCEPTED_OR_QUEUED("accepted or queued at the provider"),
    SENT_NO_RECEIPT("sent, no receipt"),
    PROVIDER_SILENT("provider silent"),
    CALLBACK_NOT_UNDERSTOOD("callback not understood");

    private final String text;

    StuckReason(String text) {
        this.text = text;
    }

    /** For a person. */
    public String text() {
        return text;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The reason that a message's own progress gives.
     *
     * @param providerSilent nothing at all has come from the account for as long as a message may take
     */
    public static StuckReason of(Progress progress, boolean providerSilent) {
        if (providerSilent) {
            return PROVIDER_SILENT;
        }
        return switch (progress) {
            case REGISTERED -> NEVER_ANY_CALLBACK;
            case ACCEPTED -> ACCEPTED_OR_QUEUED;
            case SENT, UNCONFIRMED, FAILED, DELIVERED -> SENT_NO_RECEIPT;
        };
    }
}
