package dev.sendstatus.store.jdbc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The daily reports. */
final class ReportTable {
    private static final String INSERT =
            "INSERT INTO report (day, made_at, document) VALUES (?, ?, ?) ON CONFLICT (day) DO NOTHING";
    private static final String SELECT = "SELECT made_at, document FROM report WHERE day = ?";
    private static final String SELECT_DAYS = "SELECT day FROM report ORDER BY day DESC";

    private static final String SELECT_DOCUMENT = "SELECT document FROM report WHERE day = ?";
    private static final String UPDATE = "UPDATE report SET document = ? WHERE day = ?";

    private ReportTable() {}

    /** @return false if that day has one */
    static boolean keep(Session session, KeptReport report) throws SQLException {
        return session.update(INSERT, report.date().toString(), report.madeAt(), compressed(report.document())) == 1;
    }

    private static byte[] compressed(String document) {
        return Zstd.compress(document.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] compressed) throws SQLException {
        try {
            byte[] bytes = Zstd.decompress(compressed, (int) Zstd.getFrameContentSize(compressed));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (ZstdException e) {
            throw new SQLException("a kept report is damaged: " + e.getMessage(), Rows.DAMAGED, e);
        }
    }

    static Optional<KeptReport> of(Session session, LocalDate date) throws SQLException {
        return session.first(
                SELECT, row -> new KeptReport(date, Rows.time(row, 1), text(row.getBytes(2))), date.toString());
    }

    static List<LocalDate> dates(Session session) throws SQLException {
        return session.list(SELECT_DAYS, row -> LocalDate.parse(row.getString(1)));
    }

    /** Puts a word in the place of a number. @return how many reports were changed */
    static int erase(Session session, Dialect dialect, LocalDate date, PhoneNumber number) throws SQLException {
        Optional<byte[]> document =
                session.first(SELECT_DOCUMENT + dialect.forUpdate(), row -> row.getBytes(1), date.toString());
        return document.isEmpty()
                ? 0
                : session.update(UPDATE, compressed(number.erasedFromText(text(document.get()))), date.toString());
    }
}
