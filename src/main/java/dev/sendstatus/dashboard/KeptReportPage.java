package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.api.Unanswerable;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.report.ReportDocuments;
import dev.sendstatus.report.ReportFormat;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.report.UnreadableReport;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.StoreException;
import java.time.LocalDate;
import java.util.List;

/** The report of a day, as it was made. */
public record KeptReportPage(String date, StuckTables tables, List<Way> ways) {

    static KeptReportPage of(Api api, Visit visit) throws StoreException, WrongParameter, Unanswerable {
        LocalDate date = date(api, visit);
        String href = ReportsPage.PATH + "/" + date;
        return new KeptReportPage(
                date.toString(),
                new StuckTables(read(api, date), null, visit.now()),
                List.of(
                        Way.to("As CSV", href + "/csv"),
                        Way.to("As JSON", href + "/json"),
                        Way.to("The other days", ReportsPage.PATH),
                        Way.to("What is stuck now", StuckPage.PATH)));
    }

    /** The report in another form. */
    static Site.Download download(Api api, Visit visit, ReportFormat format)
            throws StoreException, WrongParameter, Unanswerable {
        LocalDate date = date(api, visit);
        return Site.Download.of("stuck-" + date, read(api, date), format);
    }

    private static LocalDate date(Api api, Visit visit) throws WrongParameter {
        return Times.day("The day", visit.path("date"), api.reports().day(visit.now()));
    }

    private static StuckReport read(Api api, LocalDate date) throws StoreException, Unanswerable {
        KeptReport kept = api.reads()
                .report(date)
                .orElseThrow(() -> new NotFound(
                        404,
                        "There is no report of " + date + ".",
                        List.of(Way.to("The days that have one", ReportsPage.PATH))));
        try {
            return ReportDocuments.read(kept);
        } catch (UnreadableReport e) {
            throw new IllegalStateException("the report of " + date + " cannot be read", e);
        }
    }
}
