package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.Provider;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written. Each method is one transaction: when it returns, all is synced to disk, but for {@link #append} and {@link #settle}; when
 * it throws, nothing has changed. Methods may be called from any thread and wait for each other.
 */
public interface Store extends AutoCloseable {

    /** Stores callbacks with their events and brings the states of the messages up to date. */
    default void commit(List<Incoming> batch) throws StoreException {
        append(batch);
        settle();
        sync();
    }

    /**
     * Stores callbacks, which are on disk only after the next {@link #sync}; another thread may run that while this one goes on. They may
     * become part of their messages only by {@link #settle}.
     */
    void append(List<Incoming> batch) throws StoreException;

    /** How many callbacks were appended and are not part of their messages yet; as many as there can be if that is not known. */
    default int unsettled() {
        return 0;
    }

    /** Makes all that was appended part of its messages. Whoever reads does it as well, so it only has to be soon. */
    default void settle() throws StoreException {}

    /** When this returns, all that was appended before it was called is on disk; when it throws, that may be so or not. */
    void sync() throws StoreException;

    /** Adds flags, or replaces those of the same messages. */
    void flag(List<StuckFlag> flags) throws StoreException;

    /** Keeps a day's report. @return false if that day has one already, which stays as it is */
    boolean keep(KeptReport report) throws StoreException;

    /** Adds to the count of refused requests. */
    void addRefused(List<Refused> refused) throws StoreException;

    /** Adds to the counts of error codes. */
    void addErrorCodes(List<SeenErrorCode> seen) throws StoreException;

    /** Keeps a new token. @return false if one has that name, which stays as it is */
    boolean addToken(StoredToken token) throws StoreException;

    /** @return false if no token has that name */
    boolean removeToken(String name) throws StoreException;

    /** Brings the last uses of these tokens up to date, of those that are still there. */
    void usedTokens(List<StoredToken> tokens) throws StoreException;

    /** Adds to the counts of callbacks, and forgets those of the same accounts that no judgement needs any more. */
    void addTraffic(List<Traffic> traffic) throws StoreException;

    /** Takes out of quarantine what is understood by now; its bytes stay where they are. */
    void release(List<Long> sequences) throws StoreException;

    /**
     * Indexes and sums up the next stretch of older messages for {@link Reads#page} and {@link Reads#count}, which are right without
     * it and slower.
     *
     * @return whether there may be more to do
     */
    boolean indexNext() throws StoreException;

    /** Begins a run that removes what is no longer to be kept; usable until this is closed. */
    Housekeeping housekeeping();

    /** What the providers were asked; usable until this is closed. */
    LookupMemory lookups();

    /** Proves that a commit succeeds now, by making one. */
    void probe() throws StoreException;

    @Override
    void close();

    /**
     * Requests refused since the last call, of one reason.
     *
     * @param account the account named in the path, or the provider's only one; {@link #anyAccount} where none is known
     * @param hint what would have made one of them fit; null leaves the hint that is there
     */
    record Refused(
            AccountName account,
            String reason,
            long count,
            Instant lastAt,
            @Nullable String hint) {
        public Refused(AccountName account, String reason, long count, Instant lastAt) {
            this(account, reason, count, lastAt, null);
        }
    }

    /** Stands for "which account is unknown" in a count of refusals: no account can be called so. */
    static AccountName anyAccount(Provider provider) {
        return new AccountName(provider, "*");
    }
}
