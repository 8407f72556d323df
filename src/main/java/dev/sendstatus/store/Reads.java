package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.Silence;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is read. Every method sees all that was committed before it was called, and may be called from any thread. */
public interface Reads extends RawReads, AutoCloseable {

    Optional<StoredMessage> message(MessageKey key) throws StoreException;

    /** The messages of any provider with that id, by provider. */
    List<StoredMessage> messages(String id) throws StoreException;

    /** The messages that have one of these ids, in the order of the ids, then by provider. */
    List<StoredMessage> messages(Collection<String> ids) throws StoreException;

    /**
     * A page of the messages that match, the newest first: those first heard of last.
     *
     * @param before {@link MessagePage#next} of the page before; null for the first. New messages only come before a page that
     *     was read, so going on repeats none and misses none that was there at the start.
     * @param limit how many at the most, at least one
     */
    MessagePage page(MessageFilter filter, @Nullable Long before, int limit) throws StoreException;

    /** All messages that match, the newest first, as they are now. To be closed. */
    MessageScan scan(MessageFilter filter) throws StoreException;

    /**
     * Gives the counter every message of a stretch of time, as they are at one moment, in no order.
     *
     * @param since of a message's first event: then or later
     * @param until before then
     */
    default <X extends Exception> void count(Instant since, Instant until, MessageCounter<X> counter)
            throws StoreException, X {
        MessageFilter filter = new MessageFilter.Builder().between(since, until).build();
        try (MessageScan scan = scan(filter)) {
            for (StoredMessage message = scan.next(); message != null; message = scan.next()) {
                counter.message(message);
            }
        }
    }

    /** The accounts that anything was ever stored for, by name. */
    List<AccountName> accounts() throws StoreException;

    /**
     * The open messages of one account that have been waiting since then or longer, longest first.
     *
     * @param flagged whether those already found stuck are among them
     */
    List<OpenMessage> open(AccountName account, Instant waitingSince, boolean flagged) throws StoreException;

    /** The flags that have not ended, or that ended with {@link StuckFlag.Ending#NEVER_REPORTED}, whose message is no longer open. */
    List<OpenMessage> flaggedButSettled() throws StoreException;

    /** The flags that ended after that time, and those that have not ended, by the time at which they became due. */
    List<StuckFlag> flagsActiveAfter(Instant time) throws StoreException;

    /** What came for each account, by name. */
    List<AccountActivity> activity() throws StoreException;

    /** What is known of an account's callbacks, as of now. */
    Silence.History traffic(AccountName account, Instant now) throws StoreException;

    Optional<KeptReport> report(LocalDate date) throws StoreException;

    /** The days of which there is a report, the newest first. */
    List<LocalDate> reportDates() throws StoreException;

    /** How often each error code came, by provider and code; what came in the last seconds may be missing. */
    List<SeenErrorCode> errorCodes() throws StoreException;

    /** The API tokens, by name. */
    List<StoredToken> tokens() throws StoreException;

    @Override
    void close();
}
