package dev.sendstatus.report;

import dev.sendstatus.state.StuckReason;

/** The remedies for messages that are stuck. */
final class Advice {
    private Advice() {}

    static String of(StuckReason reason) {
        return switch (reason) {
            case NEVER_ANY_CALLBACK ->
                "Your program announced these, and the provider never said a word about them. Check that"
                        + " the account's webhook address is set (sendstatus webhooks check) and that the ids your program"
                        + " registers are the provider's own. If both are right, the sends may never have reached the provider.";
            case CALLBACK_NOT_UNDERSTOOD ->
                "The provider did report on these, in a form that this version does not understand; the callbacks are kept."
                        + " Look at them (sendstatus quarantine), upgrade, and read them again (sendstatus replay --quarantined).";
            case ACCEPTED_OR_QUEUED ->
                "The provider has these but has not handed them on. Look for a sending limit, a campaign or"
                        + " sender that is not registered, or a paused account in the provider's console; then ask again"
                        + " (sendstatus reconcile).";
            case SENT_NO_RECEIPT ->
                "These were handed to the carrier, and no receipt came back. Most were probably delivered, so"
                        + " do not send them again blindly. Ask the provider (sendstatus reconcile); if they share a sender or"
                        + " a carrier, send the provider a few of the ids.";
            case PROVIDER_SILENT ->
                "Nothing at all has come from the account for a while, so the messages are likely fine and"
                        + " their reports are not getting here. Look at the provider's status page and at the webhook address"
                        + " (sendstatus webhooks check); once reports flow again, refill the gap (sendstatus reconcile"
                        + " --window).";
        };
    }
}
