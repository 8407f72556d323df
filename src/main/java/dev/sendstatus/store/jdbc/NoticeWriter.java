package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.WaitingNotice;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the fate of notices: taken, sent, failed or skipped. Each method is one synced transaction, unless it says otherwise. Any thread. */
public final class NoticeWriter {
    private final Writer writer;

    NoticeWriter(Writer writer) {
        this.writer = writer;
    }

    /**
     * Gives notices the message that tells them, before it is sent.
     *
     * @param read as they were read
     * @param until when another node may send them, if this one is never heard of again
     * @return those that nobody took since they were read, with one attempt more
     */
    public List<WaitingNotice> take(
            String channel, Collection<WaitingNotice> read, String message, Instant now, Instant until)
            throws StoreException {
        return writer.write("taking notices", session -> NoticeTable.take(session, channel, read, message, now, until));
    }

    /** Says that a message was taken by its channel. @param attempt its number */
    public void sent(String channel, String message, int attempt) throws StoreException {
        writer.run(
                "noting a message as sent",
                session -> NoticeTable.finish(session, channel, message, attempt, "sent", null, null));
    }

    /** Says that a message was not taken. @param nextAt when it is tried again; null if it is not */
    public void failed(String channel, String message, int attempt, @Nullable Instant nextAt, String error)
            throws StoreException {
        String state = nextAt == null ? "failed" : "waiting";
        writer.run(
                "noting a message as not sent",
                session -> NoticeTable.finish(session, channel, message, attempt, state, nextAt, error));
    }

    /** Says that these are not told by that channel. @return how many waited */
    public int skip(String channel, Collection<WaitingNotice> unwanted) throws StoreException {
        return writer.write("skipping notices", session -> NoticeTable.skip(session, channel, unwanted));
    }

    /** Removes what was to be told before then. */
    public void removeOld(Instant before) throws StoreException {
        writer.run("removing old notices", session -> NoticeTable.removeOld(session, before));
    }
}
