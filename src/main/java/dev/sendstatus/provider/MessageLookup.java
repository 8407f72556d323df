package dev.sendstatus.provider;

import dev.sendstatus.event.AccountName;
import org.jspecify.annotations.Nullable;

/**
 * Asks one account's provider about messages. Only ever reads: with every provider other methods on the same paths
 * cancel, redact or erase the message. Each call is one request, or one more where a token has to be fetched first; nothing is
 * tried again here. Safe for use by several threads.
 */
public interface MessageLookup {
    AccountName account();

    LookupTerms terms();

    /** The provider's answer on that message. */
    LookupAnswer one(String messageId);

    /**
     * One page of the messages of that time.
     *
     * @param page the value that the page before gave as {@link LookupAnswer.Found#next}; null for the first
     */
    LookupAnswer list(LookupWindow window, @Nullable String page);
}
