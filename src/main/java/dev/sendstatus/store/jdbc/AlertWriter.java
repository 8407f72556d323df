package dev.sendstatus.store.jdbc;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.ApiRefusal;
import dev.sendstatus.store.CountedMessages;
import dev.sendstatus.store.Noted;
import dev.sendstatus.store.Notice;
import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alerts that are kept, the counts by which they are judged, and what they note. Each method is one synced transaction, unless it says otherwise. Any thread. */
public final class AlertWriter {
    private final Dialect dialect;
    private final Writer writer;
    private final Accounts accounts;

    AlertWriter(Dialect dialect, Writer writer, Accounts accounts) {
        this.dialect = dialect;
        this.writer = writer;
        this.accounts = accounts;
    }

    /** Keeps an alert that is new, as pending, with a number of its own. One of its rule and key that is open stays as it is. */
    public void add(Alert alert) throws StoreException {
        writer.run("keeping an alert", session -> AlertTable.insert(session, dialect, alert));
    }

    /**
     * Changes an alert, and says what is to be told of that.
     *
     * @param read as it was read
     * @param notice null if nothing is told
     * @param channels by which it is told
     * @return false if it has another state by now, or was told meanwhile: then nothing is changed or told
     */
    public boolean change(Alert read, Alert changed, @Nullable Notice notice, Collection<String> channels)
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
    public void forgetPending(long id) throws StoreException {
        writer.run("forgetting an alert", session -> AlertTable.deletePending(session, id));
    }

    /** Has nobody told of an alert until then. @return false if there is none, or it has ended */
    public boolean silence(long id, Instant until, @Nullable String comment) throws StoreException {
        return writer.write("silencing an alert", session -> AlertTable.silence(session, id, until, comment));
    }

    /** Removes alerts that ended before then. */
    public void removeOld(Instant before) throws StoreException {
        writer.run("removing old alerts", session -> AlertTable.removeOld(session, before));
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
        writer.run("tidying outcomes", session -> OutcomeTable.tidy(session, recent, enough, history));
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
        writer.run("keeping that credentials are refused", session -> AlertQuestions.noteApiRefused(session, refusal));
    }

    /** An account's API credentials are accepted. */
    public void forgetApiRefused(AccountName account) throws StoreException {
        writer.run(
                "keeping that credentials are accepted", session -> AlertQuestions.forgetApiRefused(session, account));
    }
}
