package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Erasure.Erased;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Erases a number from the kept reports, one after another. */
final class ReportErasure implements Erasure.Part {
    private static final String SELECT_NEXT = "SELECT day, document FROM report WHERE day > ? ORDER BY day LIMIT 1";
    private static final String SELECT = "SELECT day, document FROM report WHERE day = ?";
    private static final String UPDATE = "UPDATE report SET document = ? WHERE day = ?";

    private final PhoneNumber number;
    private final Dialect dialect;

    private String day = "";
    private boolean atEnd;

    ReportErasure(PhoneNumber number, Dialect dialect) {
        this.number = number;
        this.dialect = dialect;
    }

    @Override
    public void begin(Session reader) {
        day = "";
        atEnd = false;
    }

    private record Report(String day, String document) {}

    @Override
    public Erased step(Erasure erasure, int limit) throws StoreException {
        Optional<Report> next = erasure.read(session -> report(session, SELECT_NEXT, day));
        if (next.isEmpty()) {
            atEnd = true;
            return Erased.NOTHING;
        }
        Report report = next.get();
        day = report.day();
        if (!number.erasedFromText(report.document()).equals(report.document())) {
            erasure.write(session -> erase(session, report.day()));
        }
        return Erased.NOTHING;
    }

    private static Optional<Report> report(Session session, String sql, String day) throws SQLException {
        PreparedStatement select = session.prepared(sql);
        select.setString(1, day);
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Report(row.getString(1), ReportTable.text(row.getBytes(2))))
                    : Optional.empty();
        }
    }

    private int erase(Session session, String of) throws SQLException {
        Optional<Report> report = report(session, SELECT + dialect.forUpdate(), of);
        if (report.isEmpty()) {
            return 0;
        }
        PreparedStatement update = session.prepared(UPDATE);
        update.setBytes(
                1, ReportTable.compressed(number.erasedFromText(report.get().document())));
        update.setString(2, of);
        return update.executeUpdate();
    }

    @Override
    public boolean atEnd() {
        return atEnd;
    }

    @Override
    public double progress() {
        return atEnd ? 1 : 0;
    }
}
