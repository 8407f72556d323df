package dev.sendstatus.store.jdbc;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Source;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.DashboardSession;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.Notice;
import dev.sendstatus.store.PastLookup;
import dev.sendstatus.store.Refused;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.TokenHash;
import dev.sendstatus.store.Traffic;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writes. Each method is one transaction: when it returns, all is synced to disk, but for {@link #apply}; when it throws, nothing
 * has changed. Any thread; those that write wait for each other.
 */
public final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final String[] NO_REASONS = {};

    private final Dialect dialect;
    private final Writer accepting;
    private final Writer writer;
    private final Accounts accounts;
    private final MessageWriter messages;
    private final CallbackApplier applier;
    private final AutoCloseable besides;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private Store(Dialect dialect, Writer accepting, Writer writer, AutoCloseable besides) {
        this.dialect = dialect;
        this.accepting = accepting;
        this.writer = writer;
        this.besides = besides;
        this.accounts = new Accounts(dialect);
        this.messages = new MessageWriter(dialect, accounts);
        this.applier = new CallbackApplier(dialect, writer, messages);
    }

    /** Opens the database for writing, with its tables made or brought up to date. */
    public static Store open(Dialect dialect) throws StoreException {
        dialect.prepare();
        Writer writer = new Writer(dialect);
        Writer accepting = dialect.twoWriters() ? new Writer(dialect) : writer;
        boolean done = false;
        try {
            writer.open();
            accepting.open();
            Store store = new Store(dialect, accepting, writer, besides(dialect, writer));
            done = true;
            return store;
        } finally {
            if (!done) {
                accepting.close();
                writer.close();
                dialect.close();
            }
        }
    }

    private static AutoCloseable besides(Dialect dialect, Writer writer) throws StoreException {
        try {
            return dialect.besides(writer);
        } catch (SQLException e) {
            throw dialect.failure("opening the database", e);
        }
    }

    /** Has this run whenever events were added, on the thread that added them: it must return at once. */
    public void whenEventsCome(Runnable listener) {
        listeners.add(listener);
    }

    /** Acknowledges callbacks: when this returns, their bytes are on disk, and they wait to be applied. */
    public void accept(List<AcceptedCallback> batch, Instant now) throws StoreException {
        if (batch.isEmpty()) {
            return;
        }
        Map<AccountName, Instant> last = new HashMap<>();
        List<CallbackTable.Compressed> compressed = new ArrayList<>(batch.size());
        for (AcceptedCallback callback : batch) {
            last.merge(callback.account(), callback.receivedAt(), (one, two) -> one.isAfter(two) ? one : two);
            compressed.add(CallbackTable.compressed(callback));
        }
        accounts.require(accepting, last.keySet());
        accepting.write("storing " + batch.size() + " callbacks", session -> {
            long[] numbers = dialect.numbers(session, Dialect.Numbered.CALLBACK, batch.size());
            CallbackTable.insert(session, accounts, compressed, numbers, NO_REASONS);
            InboxTable.insert(session, numbers, now);
            accounts.noteCallbacks(session, last);
            return true;
        });
        accounts.noted(last);
    }

    /** Reads a stored callback. */
    @FunctionalInterface
    public interface Interpreter {
        /** @param source {@code WEBHOOK}, or {@code REPLAY} for one that is read again */
        Incoming read(StoredCallback callback, Source source);
    }

    /**
     * A callback that was made part of its messages.
     *
     * @param callback as it was stored, with the reason for which it was in quarantine until now
     * @param read its content
     * @param added how many of its events were not known before
     */
    public record Applied(StoredCallback callback, Incoming read, int added) {}

    /** Whether {@link #accept} waits while {@link #apply} writes: both have one connection there. */
    public boolean waitsForApply() {
        return accepting == writer;
    }

    /**
     * Makes the oldest of the callbacks that wait part of their messages, in the transaction that takes them out of the inbox. A callback that
     * cannot be written is put into quarantine, so that nothing waits behind it.
     *
     * @param limit how many at most
     * @return empty if nothing waits, or other nodes are at it
     */
    public List<Applied> apply(int limit, Interpreter interpreter) throws StoreException {
        return told(applier.apply(limit, interpreter));
    }

    private List<Applied> told(List<Applied> applied) {
        if (!applied.isEmpty()) {
            listeners.forEach(Runnable::run);
        }
        return applied;
    }

    /**
     * Reads stored callbacks again. They do not go through the inbox: fresh callbacks would wait behind them.
     *
     * @param numbers of those to read
     * @return what those that are still there say; without those that cannot be read or written
     */
    public List<Applied> replay(List<Long> numbers, Interpreter interpreter) throws StoreException {
        return told(applier.replay(numbers, interpreter));
    }

    /** Stores events that came by another way than a callback, and makes them part of their messages at once. */
    public void commit(List<Incoming> batch) throws StoreException {
        if (batch.isEmpty()) {
            return;
        }
        Set<AccountName> names = new HashSet<>();
        Map<AccountName, Instant> last = new HashMap<>();
        List<CallbackTable.Compressed> raw = new ArrayList<>();
        List<@Nullable String> reasons = new ArrayList<>();
        for (Incoming incoming : batch) {
            names.add(incoming.account());
            if (incoming.keptRaw()) {
                raw.add(CallbackTable.compressed(
                        new AcceptedCallback(incoming.account(), incoming.receivedAt(), incoming.raw())));
                reasons.add(incoming.quarantine());
            }
            if (incoming.source() == Source.WEBHOOK) {
                last.merge(incoming.account(), incoming.receivedAt(), (one, two) -> one.isAfter(two) ? one : two);
            }
        }
        accounts.require(writer, names);
        writer.write("storing " + batch.size() + " items", session -> {
            long[] numbers = dialect.numbers(session, Dialect.Numbered.CALLBACK, raw.size());
            CallbackTable.insert(session, accounts, raw, numbers, reasons.toArray(new String[0]));
            List<MessageWriter.Arrived> arrived = new ArrayList<>(batch.size());
            int next = 0;
            for (Incoming incoming : batch) {
                Long number = incoming.keptRaw() ? numbers[next++] : null;
                arrived.add(new MessageWriter.Arrived(incoming, number));
                if (number != null) {
                    CallbackTable.insertUnread(session, number, incoming.unreadMessages());
                }
            }
            messages.write(session, arrived);
            accounts.noteCallbacks(session, last);
            return true;
        });
        accounts.noted(last);
        listeners.forEach(Runnable::run);
    }

    /** The outcome of taking a registration back. */
    public enum Withdrawn {
        /** It counts no longer; the message stays, since the provider named it too. */
        WITHDRAWN,
        /** The message went with it. */
        REMOVED,
        /** The message is there, and not registered. */
        NOT_REGISTERED
    }

    /** Takes the registrations of these messages back. @return the outcome for each message that there is */
    public Map<MessageKey, Withdrawn> withdraw(Collection<MessageKey> registered, Instant now) throws StoreException {
        Map<MessageKey, Withdrawn> results = writer.write(
                "taking back " + registered.size() + " registrations",
                session -> Withdrawals.withdraw(session, dialect, messages, registered, now));
        if (results.containsValue(Withdrawn.WITHDRAWN)) {
            listeners.forEach(Runnable::run);
        }
        return results;
    }

    /** Adds flags, or replaces those of the same messages. */
    public void flag(List<StuckFlag> flags) throws StoreException {
        if (!flags.isEmpty()) {
            writer.run(
                    "flagging " + flags.size() + " messages", session -> StuckTable.replace(session, dialect, flags));
        }
    }

    /**
     * Keeps a day's report.
     *
     * @param channels by which it is to be told
     * @param now the time of keeping, from which the channels wait for further days
     * @return false if that day has one already, which stays as it is: then nobody is told
     */
    public boolean keep(KeptReport report, Collection<String> channels, Instant now) throws StoreException {
        return writer.write("keeping the report of " + report.date(), session -> {
            boolean kept = ReportTable.keep(session, report);
            if (kept) {
                NoticeWriter.insert(session, channels, Notice.ofReport(report.date(), now));
            }
            return kept;
        });
    }

    /** Writes the fate of notices. */
    public NoticeWriter notices() {
        return new NoticeWriter(writer);
    }

    /** Adds to the count of refused requests. */
    public void addRefused(List<Refused> refused) throws StoreException {
        if (!refused.isEmpty()) {
            writer.run("counting refusals", session -> RefusedTable.add(session, refused));
        }
    }

    /** Adds to the counts of error codes. */
    public void addErrorCodes(List<SeenErrorCode> seen) throws StoreException {
        if (!seen.isEmpty()) {
            writer.run("counting error codes", session -> ErrorCodeTable.add(session, seen));
        }
    }

    /** Makes the catalogue in the database that one, for the views. */
    public void keepCatalogue(Catalogue catalogue) throws StoreException {
        writer.run("keeping the catalogue of error codes", session -> CatalogueTable.keep(session, catalogue));
    }

    /** Keeps a new token. @return false if one has that name, which stays as it is */
    public boolean addToken(StoredToken token) throws StoreException {
        return writer.write("keeping a token", session -> TokenTable.add(session, token));
    }

    /** @return false if no token has that name */
    public boolean removeToken(String name) throws StoreException {
        return writer.write("revoking a token", session -> TokenTable.remove(session, name));
    }

    /** Brings the last uses of these tokens up to date, of those that are still there. */
    public void usedTokens(List<StoredToken> tokens) throws StoreException {
        if (!tokens.isEmpty()) {
            writer.run("keeping the last uses of tokens", session -> TokenTable.used(session, tokens));
        }
    }

    /**
     * Begins a session of the dashboard, and removes those that are over.
     *
     * @param begun those that began then or before are over
     * @param used those that were last used then or before are over
     */
    public void addDashboardSession(DashboardSession added, Instant begun, Instant used) throws StoreException {
        writer.run("signing in", session -> {
            DashboardSessionTable.removeEnded(session, begun, used);
            DashboardSessionTable.add(session, added);
        });
    }

    public void usedDashboardSession(TokenHash hash, Instant at) throws StoreException {
        writer.run("keeping the last use of a session", session -> DashboardSessionTable.used(session, hash, at));
    }

    public void removeDashboardSession(TokenHash hash) throws StoreException {
        writer.run("signing out", session -> DashboardSessionTable.remove(session, hash));
    }

    /** Adds to the counts of callbacks, and forgets those of the same accounts that no judgement needs any more. */
    public void addTraffic(List<Traffic> traffic) throws StoreException {
        if (!traffic.isEmpty()) {
            accounts.require(writer, traffic.stream().map(Traffic::account).toList());
            writer.run("counting callbacks", session -> TrafficTable.add(session, accounts, traffic));
        }
    }

    /** Notes look-ups; one of the same message is replaced. */
    public void noteAsked(List<PastLookup> asked) throws StoreException {
        if (!asked.isEmpty()) {
            writer.run("noting what was asked", session -> LookupTable.note(session, asked));
        }
    }

    /** Drops look-ups of before then. */
    public void forgetAsked(Instant before) throws StoreException {
        writer.run("forgetting what was asked", session -> LookupTable.forget(session, before));
    }

    /** Writes the positions of the relay's endpoints, and their deliveries that failed. */
    public RelayWriter relay() {
        return new RelayWriter(dialect, writer);
    }

    /** The alerts that are kept, and the figures that they note. */
    public AlertWriter alerts() {
        return new AlertWriter(dialect, writer);
    }

    /** The outcomes by which alerts are judged. */
    public OutcomeWriter outcomes() {
        return new OutcomeWriter(writer, accounts);
    }

    /** Removes old rows, and numbers of people. */
    public Housekeeping housekeeping() {
        return new Housekeeping(dialect, writer, accounts);
    }

    /** Proves that a commit succeeds now, by making one. */
    public void probe() throws StoreException {
        accepting.write("trying a commit", session -> {
            dialect.probe(session);
            return true;
        });
    }

    @Override
    public void close() {
        try {
            besides.close();
        } catch (Exception e) {
            LOG.warn("closing the database: {}", e.getMessage());
        }
        accepting.close();
        writer.close();
        dialect.close();
    }
}
