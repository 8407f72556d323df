package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.Notice;
import dev.sendstatus.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the fate of notices: taken, sent, failed or skipped. Each method is one synced transaction, unless it says otherwise. Any thread. */
public final class NoticeWriter {
    /** One that waits for the end of the quiet hours, and is critical by now, waits no longer. */
    private static final String INSERT = """
            INSERT INTO notice AS n (channel, subject, type, severity, created_at, document, state, attempts, next_at)
            VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?)
            ON CONFLICT (channel, subject) DO UPDATE SET severity = excluded.severity, document = excluded.document
            WHERE n.state = 'waiting' AND n.message IS NULL AND n.severity <> 'critical' AND excluded.severity = 'critical'""";

    private static final String TAKE = """
            UPDATE notice SET message = ?, attempts = attempts + 1, next_at = ?
            WHERE channel = ? AND subject = ? AND state = 'waiting' AND attempts = ? AND next_at <= ?""";
    private static final String FINISH = """
            UPDATE notice SET state = ?, next_at = ?, error = ?
            WHERE channel = ? AND message = ? AND attempts = ? AND state = 'waiting'""";
    private static final String SKIP = """
            UPDATE notice SET state = 'skipped', next_at = NULL
            WHERE channel = ? AND subject = ? AND state = 'waiting' AND message IS NULL""";
    private static final String REMOVE = "DELETE FROM notice WHERE created_at < ?";

    private final Writer writer;

    NoticeWriter(Writer writer) {
        this.writer = writer;
    }

    /** Inserts a notice for each of these channels. Of one subject a channel has one. */
    static void insert(Session session, Collection<String> channels, Notice notice) throws SQLException {
        session.batch(INSERT, channels, channel -> new Object[] {
            channel,
            notice.subject(),
            notice.type().word(),
            notice.severity(),
            notice.at(),
            notice.document(),
            notice.at()
        });
    }

    /**
     * Gives notices the message that tells them, before it is sent.
     *
     * @param read as they were read
     * @param until when another node may send them, if this one is never heard of again
     * @return those that nobody took since they were read, with one attempt more
     */
    public List<Notice.Waiting> take(
            String channel, Collection<Notice.Waiting> read, String message, Instant now, Instant until)
            throws StoreException {
        return writer.write("taking notices", session -> {
            List<Notice.Waiting> taken = new ArrayList<>();
            for (Notice.Waiting one : read) {
                if (session.update(TAKE, message, until, channel, one.notice().subject(), one.attempts(), now) == 1) {
                    taken.add(new Notice.Waiting(one.notice(), message, one.attempts() + 1));
                }
            }
            return taken;
        });
    }

    /** Says that a message was taken by its channel. @param attempt its number */
    public void sent(String channel, String message, int attempt) throws StoreException {
        writer.run(
                "noting a message as sent",
                session -> session.update(FINISH, "sent", null, null, channel, message, attempt));
    }

    /** Says that a message was not taken. @param nextAt when it is tried again; null if it is not */
    public void failed(String channel, String message, int attempt, @Nullable Instant nextAt, String error)
            throws StoreException {
        String state = nextAt == null ? "failed" : "waiting";
        writer.run(
                "noting a message as not sent",
                session -> session.update(FINISH, state, nextAt, error, channel, message, attempt));
    }

    /** Says that these are not told by that channel. @return how many waited */
    public int skip(String channel, Collection<Notice.Waiting> unwanted) throws StoreException {
        return writer.write("skipping notices", session -> {
            int skipped = 0;
            for (Notice.Waiting one : unwanted) {
                skipped += session.update(SKIP, channel, one.notice().subject());
            }
            return skipped;
        });
    }

    /** Removes notices of before then. */
    public void removeOld(Instant before) throws StoreException {
        writer.run("removing old notices", session -> session.update(REMOVE, before));
    }
}
