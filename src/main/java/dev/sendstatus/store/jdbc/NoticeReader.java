package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.Notice;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The notices that channels are to tell. Any thread. */
public final class NoticeReader {
    /** Critical notices come first: notices that wait for the end of the quiet hours must not hide them. */
    private static final String SELECT_WAITING = """
            SELECT subject, type, severity, created_at, document, message, attempts
            FROM notice
            WHERE channel = ? AND state = 'waiting' AND next_at <= ?
            ORDER BY CASE WHEN message IS NULL AND severity <> 'critical' THEN 1 ELSE 0 END, created_at, subject
            LIMIT ?""";

    private static final String SELECT_REPORT_BEFORE = """
            SELECT max(subject) FROM notice
            WHERE channel = ? AND type = 'report.stuck' AND state = 'sent' AND subject < ?""";

    private final Readers readers;

    NoticeReader(Readers readers) {
        this.readers = readers;
    }

    /** Those that a channel is to tell by now. */
    public List<Notice.Waiting> waiting(String channel, Instant now, int limit) throws StoreException {
        return readers.query(
                "reading notices",
                session -> session.list(
                        SELECT_WAITING,
                        row -> new Notice.Waiting(
                                new Notice(
                                        row.getString(1),
                                        Rows.constant(row.getString(2).replace('.', '_'), Notice.Type.class),
                                        Rows.constant(row, 3, Severity.class),
                                        Rows.time(row, 4),
                                        row.getString(5)),
                                row.getString(6),
                                row.getInt(7)),
                        channel,
                        now,
                        limit));
    }

    /** The day of the last report before that one that a channel told. */
    public Optional<LocalDate> reportBefore(String channel, LocalDate day) throws StoreException {
        String subject = Notice.ofReport(day, Instant.EPOCH).subject();
        return readers.query(
                        "reading notices",
                        session ->
                                session.<String>first(SELECT_REPORT_BEFORE, row -> row.getString(1), channel, subject))
                .map(Notice::reportDay);
    }
}
