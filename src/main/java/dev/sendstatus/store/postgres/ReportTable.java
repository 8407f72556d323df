package dev.sendstatus.store.postgres;

import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.codec.Damaged;
import dev.sendstatus.store.codec.SegmentCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The daily reports, table {@code report}. */
final class ReportTable {
    private static final String INSERT =
            "INSERT INTO report (date, made_at, document) VALUES (?, ?, ?) ON CONFLICT (date) DO NOTHING";
    private static final String SELECT_REPORT = "SELECT made_at, document FROM report WHERE date = ?";
    private static final String SELECT_DATES = "SELECT date FROM report ORDER BY date DESC";

    private ReportTable() {}

    /** @return false if that day has one */
    static boolean keep(WriteConnection connection, KeptReport report) throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT);
        insert.setString(1, report.date().toString());
        insert.setLong(2, report.madeAt().toEpochMilli());
        insert.setBytes(3, SegmentCodec.compress(report.document()));
        return insert.executeUpdate() == 1;
    }

    static Optional<KeptReport> of(Connection connection, LocalDate date) throws SQLException, Damaged {
        try (PreparedStatement select = connection.prepareStatement(SELECT_REPORT)) {
            select.setString(1, date.toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new KeptReport(
                                date, Instant.ofEpochMilli(row.getLong(1)), SegmentCodec.text(row.getBytes(2))))
                        : Optional.empty();
            }
        }
    }

    static List<LocalDate> dates(Connection connection) throws SQLException {
        List<LocalDate> dates = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_DATES);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                dates.add(LocalDate.parse(rows.getString(1)));
            }
        }
        return dates;
    }
}
