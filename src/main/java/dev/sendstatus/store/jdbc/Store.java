package dev.sendstatus.store.jdbc;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.event.Source;
import dev.sendstatus.store.AcceptedCallback;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.ApiRefusal;
import dev.sendstatus.store.CountedMessages;
import dev.sendstatus.store.DashboardSession;
import dev.sendstatus.store.Incoming;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.Noted;
import dev.sendstatus.store.Notice;
import dev.sendstatus.store.PastLookup;
import dev.sendstatus.store.RawCallback;
import dev.sendstatus.store.Refused;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.SeenErrorCode;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.StoredCallback;
import dev.sendstatus.store.StoredToken;
import dev.sendstatus.store.StuckFlag;
import dev.sendstatus.store.Traffic;
import dev.sendstatus.store.WaitingNotice;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final String NOT_STORED = "what it says could not be stored; the log of the server says why";
    private static final RawCallback NOT_READ = new RawCallback("POST", null, null, new byte[0]);

    private final Dialect dialect;
    private final Writer accepting;
    private final Writer writer;
    private final Accounts accounts;
    private final CallbackTable callbacks;
    private final MessageWriter messages;
    private final AutoCloseable besides;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private Store(Dialect dialect, Writer accepting, Writer writer, AutoCloseable besides) {
        this.dialect = dialect;
        this.accepting = accepting;
        this.writer = writer;
        this.besides = besides;
        this.accounts = new Accounts(dialect);
        this.callbacks = new CallbackTable(accounts);
        this.messages = new MessageWriter(dialect, accounts);
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
            compressed.add(callbacks.compressed(callback));
        }
        accounts.require(accepting, last.keySet());
        accepting.write("storing " + batch.size() + " callbacks", session -> {
            long[] numbers = dialect.numbers(session, Dialect.Numbered.CALLBACK, batch.size());
            callbacks.insert(session, compressed, numbers, NO_REASONS);
            InboxTable.insert(session, numbers, now);
            accounts.noteCallbacks(session, last);
            return true;
        });
        accounts.noted(last);
    }

    /** Says what a stored callback means. */
    @FunctionalInterface
    public interface Interpreter {
        /** @param source {@code WEBHOOK}, or {@code REPLAY} for one that is read again */
        Incoming read(StoredCallback callback, Source source);
    }

    /**
     * A callback that was made part of its messages.
     *
     * @param callback as it was stored, with the reason for which it was in quarantine until now
     * @param read what it says
     * @param added how many of its events were not known before
     */
    public record Applied(StoredCallback callback, Incoming read, int added) {}

    /**
     * Makes the oldest of the callbacks that wait part of their messages, in the transaction that takes them out of the inbox. What cannot
     * be written is put into quarantine, so that nothing waits behind it.
     *
     * @param limit how many at most
     * @return empty if nothing waits, or other nodes are at it
     */
    public List<Applied> apply(int limit, Interpreter interpreter) throws StoreException {
        List<Long> taken = new ArrayList<>();
        try {
            return told(writer.append("applying callbacks", session -> {
                taken.clear();
                taken.addAll(InboxTable.take(session, dialect, limit));
                return applied(session, taken, Source.WEBHOOK, interpreter);
            }));
        } catch (StoreException.Broken e) {
            if (taken.isEmpty()) {
                throw e;
            }
            return told(oneByOne(List.copyOf(taken), interpreter));
        }
    }

    private List<Applied> told(List<Applied> applied) {
        if (!applied.isEmpty()) {
            listeners.forEach(Runnable::run);
        }
        return applied;
    }

    private List<Applied> applied(Session session, List<Long> numbers, Source source, Interpreter interpreter)
            throws SQLException {
        try {
            return written(session, numbers, source, interpreter);
        } catch (RuntimeException | StackOverflowError e) {
            // A mistake of the program must not hold up what is behind it either.
            throw new SQLException("the program failed: " + e.getClass().getSimpleName(), Rows.DAMAGED, e);
        }
    }

    private List<Applied> written(Session session, List<Long> numbers, Source source, Interpreter interpreter)
            throws SQLException {
        List<StoredCallback> stored = callbacks.of(session, numbers);
        List<MessageWriter.Arrived> arrived = new ArrayList<>(stored.size());
        for (StoredCallback callback : stored) {
            boolean erased = source == Source.REPLAY && callback.raw().isEmpty();
            Incoming read = erased ? unchanged(callback) : interpreter.read(callback, source);
            arrived.add(new MessageWriter.Arrived(read, callback.number()));
            if (!Objects.equals(callback.quarantineReason(), read.quarantine())) {
                CallbackTable.updateReason(session, callback.number(), read.quarantine());
            }
            CallbackTable.insertUnread(session, callback.number(), read.unreadMessages());
        }
        int[] added = messages.write(session, arrived);
        List<Applied> applied = new ArrayList<>(stored.size());
        for (int i = 0; i < added.length; i++) {
            applied.add(new Applied(stored.get(i), arrived.get(i).incoming(), added[i]));
        }
        return applied;
    }

    /** A callback that was erased says nothing any more. */
    private static Incoming unchanged(StoredCallback callback) {
        return new Incoming(
                callback.account(),
                Source.REPLAY,
                callback.receivedAt(),
                callback.raw(),
                List.of(),
                callback.quarantineReason());
    }

    /** After a failure that was not the world's: one of them is at fault, and the others must not suffer for it. */
    private List<Applied> oneByOne(List<Long> numbers, Interpreter interpreter) throws StoreException {
        List<Applied> all = new ArrayList<>();
        for (long number : numbers) {
            try {
                all.addAll(writer.append(
                        "applying a callback",
                        session -> InboxTable.takeOne(session, dialect, number)
                                ? applied(session, List.of(number), Source.WEBHOOK, interpreter)
                                : List.of()));
            } catch (StoreException.Broken e) {
                LOG.error("callback {} could not be applied and is kept in quarantine", number, e);
                all.addAll(writer.append("quarantining a callback", session -> quarantined(session, number)));
            }
        }
        return all;
    }

    /** Its bytes are not read, since they may be what is wrong. */
    private List<Applied> quarantined(Session session, long number) throws SQLException {
        if (!InboxTable.takeOne(session, dialect, number)) {
            return List.of();
        }
        CallbackTable.updateReason(session, number, NOT_STORED);
        return CallbackTable.quarantined(session, number).stream()
                .map(kept -> new Applied(
                        new StoredCallback(number, kept.account(), kept.receivedAt(), NOT_READ, null),
                        new Incoming(
                                kept.account(), Source.WEBHOOK, kept.receivedAt(), NOT_READ, List.of(), kept.reason()),
                        0))
                .toList();
    }

    /**
     * Reads stored callbacks again. They do not go through the inbox: what comes meanwhile would wait behind them.
     *
     * @param numbers of those to read
     * @return what those that are still there say; without those that cannot be read or written
     */
    public List<Applied> replay(List<Long> numbers, Interpreter interpreter) throws StoreException {
        try {
            return told(writer.write(
                    "reading callbacks again", session -> applied(session, numbers, Source.REPLAY, interpreter)));
        } catch (StoreException.Broken e) {
            if (numbers.size() == 1) {
                LOG.warn("callback {} cannot be read again: {}", numbers.get(0), e.getMessage());
                return List.of();
            }
            List<Applied> all = new ArrayList<>();
            for (long number : numbers) {
                all.addAll(replay(List.of(number), interpreter));
            }
            return all;
        }
    }

    /** Stores what came, and makes it part of its messages, at once: what came by another way than a callback. */
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
                raw.add(callbacks.compressed(
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
            callbacks.insert(session, raw, numbers, reasons.toArray(new String[0]));
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

    /** Takes back what was registered of these messages. @return what became of those that there are */
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
            write("flagging " + flags.size() + " messages", session -> StuckTable.replace(session, dialect, flags));
        }
    }

    /** Keeps a day's report, which is told to nobody. @return false if that day has one already, which stays as it is */
    public boolean keep(KeptReport report) throws StoreException {
        return keep(report, List.of(), report.madeAt());
    }

    /**
     * Keeps a day's report, and says by which channels it is to be told.
     *
     * @return false if that day has one already: then nothing changes
     */
    public boolean keep(KeptReport report, Collection<String> channels, Instant now) throws StoreException {
        return writer.write("keeping the report of " + report.date(), session -> {
            boolean kept = ReportTable.keep(session, report);
            if (kept) {
                NoticeTable.insert(session, channels, Notice.ofReport(report.date(), now));
            }
            return kept;
        });
    }

    /**
     * Gives notices the message that tells them, before it is sent.
     *
     * @param read as they were read
     * @param until when another node may send them, if this one is never heard of again
     * @return those that nobody took since they were read, with one attempt more
     */
    public List<WaitingNotice> takeNotices(
            String channel, Collection<WaitingNotice> read, String message, Instant now, Instant until)
            throws StoreException {
        return writer.write("taking notices", session -> NoticeTable.take(session, channel, read, message, now, until));
    }

    /** Says that a message was taken by its channel. @param attempt its number */
    public void noticesSent(String channel, String message, int attempt) throws StoreException {
        write(
                "noting a message as sent",
                session -> NoticeTable.finish(session, channel, message, attempt, "sent", null, null));
    }

    /** Says that a message was not taken. @param nextAt when it is tried again; null if it is not */
    public void noticesFailed(String channel, String message, int attempt, @Nullable Instant nextAt, String error)
            throws StoreException {
        String state = nextAt == null ? "failed" : "waiting";
        write(
                "noting a message as not sent",
                session -> NoticeTable.finish(session, channel, message, attempt, state, nextAt, error));
    }

    /** Says that these are not told by that channel. @return how many waited */
    public int skipNotices(String channel, Collection<WaitingNotice> unwanted) throws StoreException {
        return writer.write("skipping notices", session -> NoticeTable.skip(session, channel, unwanted));
    }

    /** Removes what was to be told before then. */
    public void removeOldNotices(Instant before) throws StoreException {
        write("removing old notices", session -> NoticeTable.removeOld(session, before));
    }

    /** Adds to the count of refused requests. */
    public void addRefused(List<Refused> refused) throws StoreException {
        if (!refused.isEmpty()) {
            write("counting refusals", session -> RefusedTable.add(session, refused));
        }
    }

    /** Adds to the counts of error codes. */
    public void addErrorCodes(List<SeenErrorCode> seen) throws StoreException {
        if (!seen.isEmpty()) {
            write("counting error codes", session -> ErrorCodeTable.add(session, seen));
        }
    }

    /** Makes the catalogue in the database that one, for the views. */
    public void keepCatalogue(Catalogue catalogue) throws StoreException {
        write("keeping the catalogue of error codes", session -> CatalogueTable.keep(session, catalogue));
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
            write("keeping the last uses of tokens", session -> TokenTable.used(session, tokens));
        }
    }

    /**
     * Begins a session of the dashboard, and removes those that are over.
     *
     * @param begun those that began then or before are over
     * @param used those that were last used then or before are over
     */
    public void addDashboardSession(DashboardSession added, Instant begun, Instant used) throws StoreException {
        write("signing in", session -> {
            DashboardSessionTable.removeEnded(session, begun, used);
            DashboardSessionTable.add(session, added);
        });
    }

    public void usedDashboardSession(byte[] hash, Instant at) throws StoreException {
        write("keeping the last use of a session", session -> DashboardSessionTable.used(session, hash, at));
    }

    public void removeDashboardSession(byte[] hash) throws StoreException {
        write("signing out", session -> DashboardSessionTable.remove(session, hash));
    }

    /** Adds to the counts of callbacks, and forgets those of the same accounts that no judgement needs any more. */
    public void addTraffic(List<Traffic> traffic) throws StoreException {
        if (!traffic.isEmpty()) {
            accounts.require(writer, traffic.stream().map(Traffic::account).toList());
            write("counting callbacks", session -> TrafficTable.add(session, accounts, traffic));
        }
    }

    /** Notes what was asked, or replaces what is noted of the same messages. */
    public void noteAsked(List<PastLookup> asked) throws StoreException {
        if (!asked.isEmpty()) {
            write("noting what was asked", session -> LookupTable.note(session, asked));
        }
    }

    /** Drops what was asked before then. */
    public void forgetAsked(Instant before) throws StoreException {
        write("forgetting what was asked", session -> LookupTable.forget(session, before));
    }

    /** Keeps an endpoint of the relay that is new, with that position. One that is known stays as it is. */
    public void addRelayEndpoint(String name, String feed, long position) throws StoreException {
        write("keeping an endpoint", session -> RelayTable.add(session, name, feed, position));
    }

    /** Has a node push for an endpoint until that time. @return false if another one does */
    public boolean takeRelayEndpoint(String name, String owner, Instant now, Instant until) throws StoreException {
        return writer.append("taking an endpoint", session -> RelayTable.take(session, name, owner, now, until));
    }

    /** Has no node push for an endpoint any more, if that one did. */
    public void releaseRelayEndpoint(String name, String owner) throws StoreException {
        write("releasing an endpoint", session -> RelayTable.release(session, name, owner));
    }

    /** Says that no other node is there: those that pushed are gone. */
    public void releaseRelayEndpoints() throws StoreException {
        write("releasing the endpoints", RelayTable::releaseAll);
    }

    /**
     * Keeps how far an endpoint is, and until when its node pushes. A power cut may lose it: what was pushed since is then pushed again.
     *
     * @return false if somebody else changed it since it was read: then nothing is kept
     */
    public boolean saveRelay(RelayEndpoint endpoint, Instant until, Collection<RelayDelivery> deliveries)
            throws StoreException {
        return writer.append(
                "keeping how far an endpoint is", session -> RelayTable.save(session, endpoint, until, deliveries));
    }

    public void pauseRelayEndpoint(String name) throws StoreException {
        write("pausing an endpoint", session -> RelayTable.pause(session, name));
    }

    /** Has an endpoint tried now. */
    public void resumeRelayEndpoint(String name, Instant now) throws StoreException {
        write("resuming an endpoint", session -> RelayTable.resume(session, name, now));
    }

    /** Has all that changed since then pushed again. */
    public void recoverRelayEndpoint(String name, Instant since) throws StoreException {
        write(
                "going back in the feed",
                session -> RelayTable.recover(session, name, since, dialect.completeEvents(session) - 1));
    }

    /** Has a delivery tried now. @return false if there is none, or it is delivered */
    public boolean retryDelivery(String endpoint, long sequence, Instant now) throws StoreException {
        return writer.write("retrying a delivery", session -> RelayTable.retry(session, endpoint, sequence, now));
    }

    /** Has all deliveries tried now that are not delivered. @return how many */
    public int retryDeliveries(String endpoint, Instant now) throws StoreException {
        return writer.write("retrying deliveries", session -> RelayTable.retryAll(session, endpoint, now));
    }

    /** Removes deliveries that succeeded before then, and those of which the change is no longer kept. */
    public void removeOldDeliveries(Instant before) throws StoreException {
        write("removing old deliveries", session -> RelayTable.removeOld(session, before));
    }

    /** Keeps an alert that is new, as pending, with a number of its own. One of its rule and key that is open stays as it is. */
    public void addAlert(Alert alert) throws StoreException {
        write("keeping an alert", session -> AlertTable.insert(session, dialect, alert));
    }

    /**
     * Changes an alert, and says what is to be told of that.
     *
     * @param read as it was read
     * @param notice null if nothing is told
     * @param channels by which it is told
     * @return false if it has another state by now, or was told meanwhile: then nothing is changed or told
     */
    public boolean changeAlert(Alert read, Alert changed, @Nullable Notice notice, Collection<String> channels)
            throws StoreException {
        return writer.write("changing an alert", session -> {
            boolean done = AlertTable.update(session, read, changed);
            if (done && notice != null) {
                NoticeTable.insert(session, channels, notice);
            }
            return done;
        });
    }

    /** Forgets an alert that never fired. */
    public void forgetPendingAlert(long id) throws StoreException {
        write("forgetting an alert", session -> AlertTable.deletePending(session, id));
    }

    /** Has nobody told of an alert until then. @return false if there is none, or it has ended */
    public boolean silenceAlert(long id, Instant until, @Nullable String comment) throws StoreException {
        return writer.write("silencing an alert", session -> AlertTable.silence(session, id, until, comment));
    }

    /** Removes alerts that ended before then. */
    public void removeOldAlerts(Instant before) throws StoreException {
        write("removing old alerts", session -> AlertTable.removeOld(session, before));
    }

    /** Keeps what counting messages came to. A power cut may lose it: they are counted again then. @return false if they were counted meanwhile */
    public boolean saveCounted(CountedMessages counted) throws StoreException {
        return writer.append("counting messages", session -> OutcomeTable.save(session, accounts, counted));
    }

    /**
     * Puts outcomes that are no longer recent into the history.
     *
     * @param recent those of messages before then
     * @param enough of keys with so many messages; of others nothing is kept
     * @param history what is older than that is removed
     */
    public void tidyOutcomes(Instant recent, long enough, Instant history) throws StoreException {
        write("tidying outcomes", session -> OutcomeTable.tidy(session, recent, enough, history));
    }

    /** Notes figures, and forgets those of that kind from before then. */
    public void note(Noted.What what, List<Noted> noted, Instant forgetBefore) throws StoreException {
        writer.append("noting figures", session -> {
            AlertQuestions.note(session, what, noted, forgetBefore);
            return true;
        });
    }

    /** Keeps that an account's API credentials are refused; since when it was is kept. */
    public void noteApiRefused(ApiRefusal refusal) throws StoreException {
        write("keeping that credentials are refused", session -> AlertQuestions.noteApiRefused(session, refusal));
    }

    /** An account's API credentials are accepted. */
    public void forgetApiRefused(AccountName account) throws StoreException {
        write("keeping that credentials are accepted", session -> AlertQuestions.forgetApiRefused(session, account));
    }

    /** Removes what is old, and numbers of people. */
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

    /** The work of a transaction that returns nothing. */
    @FunctionalInterface
    private interface Change {
        void run(Session session) throws SQLException;
    }

    private void write(String doing, Change change) throws StoreException {
        writer.write(doing, session -> {
            change.run(session);
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
