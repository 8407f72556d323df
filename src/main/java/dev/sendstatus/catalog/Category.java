package dev.sendstatus.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why messages fail, in the same words for all providers; with the advice for a code that has none of its own, which begins
 * with the one that can mend it.
 */
public enum Category {
    SPAM_FILTER(
            "You: change the text (say who writes and why, no public link shorteners, a way to opt out), send more slowly, and"
                    + " show the provider's support some examples if the filter is wrong; the same text again makes it worse.",
            false),
    OPT_OUT(
            "The recipient: nobody else can lift it. Take the number off your lists; it can be texted again once its owner opts"
                    + " in again.",
            false),
    INVALID_RECIPIENT("You: correct the number or take it off your lists; sending again cannot help.", false),
    INVALID_SENDER(
            "You: check that the sender belongs to this account, is enabled for this kind of message and this destination, and"
                    + " is in good standing.",
            false),
    UNREGISTERED_SENDER(
            "You: finish the registration of the sender with the provider (10DLC campaign, toll-free verification, sender id);"
                    + " carriers refuse it until then.",
            false),
    CARRIER_REJECTED(
            "The carrier refuses without saying why: do not send again at once; if many fail at one carrier, ask the provider's"
                    + " support with some message ids.",
            false),
    UNREACHABLE("Wait some hours, then try again once or twice; only the recipient or the carrier can mend it.", true),
    EXPIRED(
            "You: send again if it still matters; where it happens often, send less at once or allow a longer validity.",
            true),
    RATE_LIMITED(
            "You: send more slowly and try again later; ask the provider for a higher limit if it happens often.",
            true),
    CONTENT(
            "Your programmers: change what is sent (text, length, template, fields); the same again fails again.",
            false),
    MEDIA(
            "Your programmers: check the attachment: its URL must be reachable, its type allowed and its size within the"
                    + " limit.",
            false),
    ACCOUNT(
            "You: settle it in the provider's console (balance, permissions, verification, credentials); nothing goes out as"
                    + " it is.",
            false),
    PROVIDER_INTERNAL("The provider: try again in some minutes, and look at its status page if it goes on.", true),
    UNKNOWN("You: ask the provider's support, with the message id; the code does not say what went wrong.", false);

    private final String advice;
    private final boolean retryable;

    Category(String advice, boolean retryable) {
        this.advice = advice;
        this.retryable = retryable;
    }

    /** As in files and answers: {@code spam_filter}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For a code without advice of its own; a sentence. */
    public String advice() {
        return advice;
    }

    /** Whether the same message may get through later, with nothing changed, where the code itself does not say. */
    public boolean retryable() {
        return retryable;
    }

    /** Empty for any other word. */
    public static Optional<Category> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
