package dev.sendstatus.reconcile;

import dev.sendstatus.event.AccountName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a run over one account's messages. Messages are counted once each.
 *
 * @param asked messages that the provider was asked about, by a list or one by one
 * @param calls requests to its message resources, those tried again included
 * @param updated messages that have their end now, or that were not known here and have one
 * @param stillSent messages whose end the provider does not know either
 * @param unchanged messages of which all was known
 * @param notFound messages that the provider does not have
 * @param failed messages about which nothing could be learnt this time
 * @param notDue messages that were not asked about, because they were not long ago or the provider has no such message
 * @param stopped why not all was asked; null if all was
 * @param remarks for a person
 */
public record AccountResult(
        AccountName account,
        long asked,
        long calls,
        long updated,
        long stillSent,
        long unchanged,
        long notFound,
        long failed,
        long notDue,
        @Nullable String stopped,
        List<String> remarks) {
    public AccountResult {
        remarks = List.copyOf(remarks);
    }

    /** Whether all that was to be learnt was. */
    public boolean complete() {
        return stopped == null && failed == 0;
    }
}
