package dev.sendstatus.dashboard;

import dev.sendstatus.report.ReportDocuments;
import dev.sendstatus.report.ReportFormat;
import dev.sendstatus.report.StuckReport;

/** A file that a browser keeps. @param name of ASCII letters, digits, hyphens and a dot */
record Download(String name, String mediaType, String text) {

    /** @param name without its ending */
    static Download of(String name, StuckReport report, ReportFormat format) {
        return new Download(name + "." + format.word(), format.contentType(), ReportDocuments.render(report, format));
    }
}
