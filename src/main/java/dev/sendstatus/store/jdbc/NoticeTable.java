package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.Notice;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;

/** The notices that channels are to tell. */
final class NoticeTable {
    private static final String INSERT = """
            INSERT INTO notice (channel, subject, type, severity, created_at, document, state, attempts, next_at)
            VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?)
            ON CONFLICT (channel, subject) DO NOTHING""";

    private NoticeTable() {}

    /** One for each of these channels that has none of this subject. */
    static void insert(Session session, Collection<String> channels, Notice notice) throws SQLException {
        PreparedStatement insert = session.prepared(INSERT);
        for (String channel : channels) {
            insert.setString(1, channel);
            insert.setString(2, notice.subject());
            insert.setString(3, notice.type().word());
            insert.setString(4, notice.severity().name().toLowerCase(Locale.ROOT));
            insert.setLong(5, notice.at().toEpochMilli());
            insert.setString(6, notice.document());
            insert.setLong(7, notice.at().toEpochMilli());
            insert.executeUpdate();
        }
    }
}
