package dev.sendstatus.store.sqlite;

import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.codec.SegmentCodec;
import java.sql.PreparedStatement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Erases a number from the daily reports, which name the recipients of what is stuck. One transaction for each that does. */
final class ReportErasure {
    private static final String UPDATE = "UPDATE report SET document = ? WHERE date = ?";

    private final SideReader reader;
    private final WriteConnection writer;
    private final PhoneNumber number;

    ReportErasure(SqliteFile file, WriteConnection writer, PhoneNumber number) {
        this.reader = new SideReader(file, "looking for reports of an erased number");
        this.writer = writer;
        this.number = number;
    }

    void run() throws StoreException {
        List<LocalDate> dates = reader.read(ReportTable::dates);
        for (LocalDate date : dates) {
            Optional<KeptReport> report = reader.read(connection -> ReportTable.of(connection, date));
            if (report.isPresent()) {
                erase(report.get());
            }
        }
    }

    private void erase(KeptReport report) throws StoreException {
        String erased = number.erasedFromText(report.document());
        if (!erased.equals(report.document())) {
            writer.write("erasing a number from a report", connection -> {
                SecureDelete.on(connection);
                PreparedStatement update = connection.prepared(UPDATE);
                update.setBytes(1, SegmentCodec.compress(erased));
                update.setString(2, report.date().toString());
                return update.executeUpdate();
            });
        }
    }
}
