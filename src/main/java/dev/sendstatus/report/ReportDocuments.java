package dev.sendstatus.report;

import dev.sendstatus.store.KeptReport;
import dev.sendstatus.text.Table;

/** Reports as texts: the one entry for all that show one. */
public final class ReportDocuments {
    private ReportDocuments() {}

    /** The report in that form. */
    public static String render(StuckReport report, ReportFormat format) {
        return render(report, format, Table.Screen.NONE);
    }

    /** @param screen where a table is shown */
    public static String render(StuckReport report, ReportFormat format, Table.Screen screen) {
        return switch (format) {
            case TABLE -> StuckReportTable.write(report, screen);
            case CSV -> ReportCsv.write(report);
            case JSON -> ReportJson.write(report);
            case HTML -> ReportHtml.write(report);
        };
    }

    /** The report that was kept, to be rendered in any form; as JSON it is what was kept, word for word. */
    public static StuckReport read(KeptReport kept) throws UnreadableReport {
        return ReportJson.read(kept.document());
    }
}
