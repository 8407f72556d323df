package dev.sendstatus.report;

import dev.sendstatus.pages.report.JtepageGenerated;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.text.Table;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;

/** Reports as texts: the one entry for all that show one. */
public final class ReportDocuments {
    /** More make a page that no browser scrolls well and nobody reads. */
    private static final int MOST_ROWS = 1_000;

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
            case HTML -> page(report);
        };
    }

    /** A page that needs nothing else: no script, no font, no picture from anywhere. */
    private static String page(StuckReport report) {
        StringOutput text = new StringOutput();
        // The generated class itself, so that the compiler finds a page that does not fit its model.
        JtepageGenerated.render(new OwaspHtmlTemplateOutput(text), null, new ReportPage(report, MOST_ROWS));
        return text.toString();
    }

    /** The report that was kept. Rendered as JSON it is the kept document, word for word. */
    public static StuckReport read(KeptReport kept) throws UnreadableReport {
        return ReportJson.read(kept.document());
    }
}
