package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.Notice;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.WaitingNotice;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The notices that channels are to tell. */
final class NoticeTable {
    private static final Word<Severity> SEVERITIES = new Word<>(Severity.class);

    /** One that waits for the end of the quiet hours, and is critical by now, waits no longer. */
    private static final String INSERT = """
            INSERT INTO notice AS n (channel, subject, type, severity, created_at, document, state, attempts, next_at)
            VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?)
            ON CONFLICT (channel, subject) DO UPDATE SET severity = excluded.severity, document = excluded.document
            WHERE n.state = 'waiting' AND n.message IS NULL AND n.severity <> 'critical' AND excluded.severity = 'critical'""";
    /** Critical notices come first: notices that wait for the end of the quiet hours must not hide them. */
    private static final String SELECT_WAITING = """
            SELECT subject, type, severity, created_at, document, message, attempts
            FROM notice
            WHERE channel = ? AND state = 'waiting' AND next_at <= ?
            ORDER BY CASE WHEN message IS NULL AND severity <> 'critical' THEN 1 ELSE 0 END, created_at, subject
            LIMIT ?""";

    private static final String TAKE = """
            UPDATE notice SET message = ?, attempts = attempts + 1, next_at = ?
            WHERE channel = ? AND subject = ? AND state = 'waiting' AND attempts = ? AND next_at <= ?""";
    private static final String FINISH = """
            UPDATE notice SET state = ?, next_at = ?, error = ?
            WHERE channel = ? AND message = ? AND attempts = ? AND state = 'waiting'""";
    private static final String SKIP = """
            UPDATE notice SET state = 'skipped', next_at = NULL
            WHERE channel = ? AND subject = ? AND state = 'waiting' AND message IS NULL""";
    private static final String SELECT_REPORT_BEFORE = """
            SELECT max(subject) FROM notice
            WHERE channel = ? AND type = 'report.stuck' AND state = 'sent' AND subject < ?""";
    private static final String REMOVE = "DELETE FROM notice WHERE created_at < ?";

    private NoticeTable() {}

    /** One for each of these channels. Of one subject a channel has one. */
    static void insert(Session session, Collection<String> channels, Notice notice) throws SQLException {
        PreparedStatement insert = session.prepared(INSERT);
        for (String channel : channels) {
            insert.setString(1, channel);
            insert.setString(2, notice.subject());
            insert.setString(3, notice.type().word());
            insert.setString(4, SEVERITIES.of(notice.severity()));
            insert.setLong(5, notice.at().toEpochMilli());
            insert.setString(6, notice.document());
            insert.setLong(7, notice.at().toEpochMilli());
            insert.executeUpdate();
        }
    }

    /** Those whose time has come. */
    static List<WaitingNotice> waiting(Session session, String channel, Instant now, int limit) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_WAITING);
        select.setString(1, channel);
        select.setLong(2, now.toEpochMilli());
        select.setInt(3, limit);
        List<WaitingNotice> waiting = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Notice notice = new Notice(
                        row.getString(1),
                        type(row.getString(2)),
                        SEVERITIES.constant(row.getString(3)),
                        Rows.time(row, 4),
                        row.getString(5));
                waiting.add(new WaitingNotice(notice, row.getString(6), row.getInt(7)));
            }
        }
        return waiting;
    }

    private static Notice.Type type(String word) throws SQLException {
        for (Notice.Type type : Notice.Type.values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        throw new SQLException("a notice has the type " + word, Rows.DAMAGED);
    }

    /** @return those that nobody else took meanwhile */
    static List<WaitingNotice> take(
            Session session, String channel, Collection<WaitingNotice> read, String message, Instant now, Instant until)
            throws SQLException {
        PreparedStatement update = session.prepared(TAKE);
        List<WaitingNotice> taken = new ArrayList<>();
        for (WaitingNotice one : read) {
            update.setString(1, message);
            update.setLong(2, until.toEpochMilli());
            update.setString(3, channel);
            update.setString(4, one.notice().subject());
            update.setInt(5, one.attempts());
            update.setLong(6, now.toEpochMilli());
            if (update.executeUpdate() == 1) {
                taken.add(new WaitingNotice(one.notice(), message, one.attempts() + 1));
            }
        }
        return taken;
    }

    /**
     * Says what became of an attempt.
     *
     * @param attempts its number
     * @param state {@code sent}, {@code failed}, or {@code waiting} with the time of the next attempt
     */
    static void finish(
            Session session,
            String channel,
            String message,
            int attempts,
            String state,
            @Nullable Instant nextAt,
            @Nullable String error)
            throws SQLException {
        PreparedStatement update = session.prepared(FINISH);
        update.setString(1, state);
        Rows.set(update, 2, nextAt);
        update.setString(3, error);
        update.setString(4, channel);
        update.setString(5, message);
        update.setInt(6, attempts);
        update.executeUpdate();
    }

    /** @return how many, which the channel does not want */
    static int skip(Session session, String channel, Collection<WaitingNotice> unwanted) throws SQLException {
        PreparedStatement update = session.prepared(SKIP);
        int skipped = 0;
        for (WaitingNotice one : unwanted) {
            update.setString(1, channel);
            update.setString(2, one.notice().subject());
            skipped += update.executeUpdate();
        }
        return skipped;
    }

    /** The day of the last report before that one that the channel told. */
    static Optional<LocalDate> reportBefore(Session session, String channel, LocalDate day) throws SQLException {
        PreparedStatement select = session.prepared(SELECT_REPORT_BEFORE);
        select.setString(1, channel);
        select.setString(2, Notice.ofReport(day, Instant.EPOCH).subject());
        try (ResultSet row = select.executeQuery()) {
            row.next();
            String subject = row.getString(1);
            return subject == null ? Optional.empty() : Optional.of(Notice.reportDay(subject));
        }
    }

    static void removeOld(Session session, Instant before) throws SQLException {
        PreparedStatement delete = session.prepared(REMOVE);
        delete.setLong(1, before.toEpochMilli());
        delete.executeUpdate();
    }
}
