package dev.sendstatus.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.report.ReportDocuments;
import dev.sendstatus.report.ReportFormat;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.report.UnreadableReport;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.StoreException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.LocalDate;
import java.util.Locale;

/** {@code GET /v1/reports/stuck}: a day's report as it was made, or as of now; {@code GET /v1/reports}: the days there are. */
record ReportRoutes(Api api) {

    void install(JavalinConfig config) {
        config.routes.get("/v1/reports", this::days);
        config.routes.get("/v1/reports/stuck", this::stuck);
    }

    private void days(Context ctx) throws StoreException {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (LocalDate date : api.reads().reportDates()) {
            items.addObject().put("date", date.toString()).put("url", "/v1/reports/stuck?date=" + date);
        }
        Json.list(ctx, items);
    }

    private void stuck(Context ctx) throws StoreException, UnreadableReport, WrongParameter, Unanswerable {
        ReportFormat format = format(ctx);
        String date = ctx.queryParam("date");
        StuckReport report =
                date == null ? api.reports().asOfNow(api.clock().instant()) : ReportDocuments.read(kept(date));
        ctx.contentType(format.contentType());
        ctx.result(ReportDocuments.render(report, format));
    }

    private KeptReport kept(String date) throws StoreException, WrongParameter, Unanswerable {
        LocalDate day = Times.day("date", date, api.reports().day(api.clock().instant()));
        return api.reads()
                .report(day)
                .orElseThrow(() -> new Unanswerable(
                        404, "No such report", "There is no report of that day; /v1/reports lists the days."));
    }

    /** The format that {@code format} names, else {@code Accept}. */
    private static ReportFormat format(Context ctx) throws WrongParameter {
        String word = ctx.queryParam("format");
        if (word != null) {
            for (ReportFormat format : ReportFormat.values()) {
                if (format.word().equals(word) && format != ReportFormat.TABLE) {
                    return format;
                }
            }
            throw new WrongParameter("format is json, csv or html.");
        }
        String accept = ctx.header("Accept");
        String wanted = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        if (wanted.contains("text/html")) {
            return ReportFormat.HTML;
        }
        return wanted.contains("text/csv") ? ReportFormat.CSV : ReportFormat.JSON;
    }
}
