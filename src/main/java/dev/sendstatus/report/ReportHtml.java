package dev.sendstatus.report;

import dev.sendstatus.pages.report.JtepageGenerated;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;

/** A report as a page that needs nothing else: no script, no font, no picture from anywhere. */
final class ReportHtml {
    private ReportHtml() {}

    static String write(StuckReport report) {
        StringOutput text = new StringOutput();
        // The generated class itself, so that the compiler finds a page that does not fit its model.
        JtepageGenerated.render(new OwaspHtmlTemplateOutput(text), null, ReportPage.of(report));
        return text.toString();
    }
}
