package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.PhoneNumber;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Erasure.Erased;
import java.time.LocalDate;
import java.util.Optional;

/** Erases a number from the kept reports, one after another: they are few. */
final class ReportErasure extends Erasure.Part {
    private final PhoneNumber number;
    private final Dialect dialect;

    ReportErasure(PhoneNumber number, Dialect dialect) {
        this.number = number;
        this.dialect = dialect;
    }

    @Override
    void begin(Session reader) {
        atEnd = false;
    }

    @Override
    Erased step(Erasure erasure, int limit) throws StoreException {
        for (LocalDate day : erasure.read(ReportTable::dates)) {
            Optional<KeptReport> report = erasure.read(session -> ReportTable.of(session, day));
            if (report.isPresent()
                    && !number.erasedFromText(report.get().document())
                            .equals(report.get().document())) {
                erasure.write(session -> ReportTable.erase(session, dialect, day, number));
            }
        }
        atEnd = true;
        return Erased.NOTHING;
    }
}
