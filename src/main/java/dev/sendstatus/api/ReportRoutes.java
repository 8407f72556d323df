package dev.sendstatus.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.query.Times;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.report.ReportDocuments;
import dev.sendstatus.report.ReportFormat;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.report.UnreadableReport;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/reports/stuck}: a day's report as it was made, or as of now; {@code GET /v1/reports}: the days there are. */
final class ReportRoutes {
    private final Reads reads;
    private final StuckReports reports;
    private final InstantSource clock;

    ReportRoutes(Reads reads, StuckReports reports, InstantSource clock) {
        this.reads = reads;
        this.reports = reports;
        this.clock = clock;
    }

    void install(JavalinConfig config) {
        config.routes.get("/v1/reports", this::days);
        config.routes.get("/v1/reports/stuck", this::stuck);
    }

    private void days(Context ctx) throws StoreException {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        for (LocalDate date : reads.reportDates()) {
            items.addObject().put("date", date.toString()).put("url", "/v1/reports/stuck?date=" + date);
        }
        page.putNull("next_cursor");
        Json.answer(ctx, page);
    }

    private void stuck(Context ctx) throws StoreException, UnreadableReport, WrongParameter {
        ReportFormat format = format(ctx);
        if (format == null) {
            return;
        }
        String date = ctx.queryParam("date");
        StuckReport report = date == null ? reports.asOfNow(clock.instant()) : kept(ctx, date);
        if (report != null) {
            ctx.contentType(format.contentType());
            ctx.result(ReportDocuments.render(report, format));
        }
    }

    private @Nullable StuckReport kept(Context ctx, String date)
            throws StoreException, UnreadableReport, WrongParameter {
        LocalDate day = Times.day("date", date, reports.day(clock.instant()));
        Optional<KeptReport> kept = reads.report(day);
        if (kept.isEmpty()) {
            Problems.answer(
                    ctx,
                    new Problem(404, "No such report", "There is no report of that day; /v1/reports lists the days."));
            return null;
        }
        return ReportDocuments.read(kept.get());
    }

    /** The format that {@code format} names, else {@code Accept}. Null for an unknown one: then the answer is given here. */
    private static @Nullable ReportFormat format(Context ctx) {
        String word = ctx.queryParam("format");
        if (word != null) {
            for (ReportFormat format : ReportFormat.values()) {
                if (format.word().equals(word) && format != ReportFormat.TABLE) {
                    return format;
                }
            }
            Problems.answer(ctx, new Problem(400, "Bad parameter", "format is json, csv or html."));
            return null;
        }
        String accept = ctx.header("Accept");
        String wanted = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
        if (wanted.contains("text/html")) {
            return ReportFormat.HTML;
        }
        return wanted.contains("text/csv") ? ReportFormat.CSV : ReportFormat.JSON;
    }
}
