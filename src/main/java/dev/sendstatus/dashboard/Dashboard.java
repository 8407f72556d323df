package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.api.Unanswerable;
import dev.sendstatus.pages.dashboard.JteaccountsGenerated;
import dev.sendstatus.pages.dashboard.JtealertGenerated;
import dev.sendstatus.pages.dashboard.JtealertsGenerated;
import dev.sendstatus.pages.dashboard.JtechangesGenerated;
import dev.sendstatus.pages.dashboard.JteendpointGenerated;
import dev.sendstatus.pages.dashboard.JteerrorGenerated;
import dev.sendstatus.pages.dashboard.JteerrorsGenerated;
import dev.sendstatus.pages.dashboard.JteliveGenerated;
import dev.sendstatus.pages.dashboard.JtemessageGenerated;
import dev.sendstatus.pages.dashboard.JtemessagesGenerated;
import dev.sendstatus.pages.dashboard.JtenewerGenerated;
import dev.sendstatus.pages.dashboard.JteoverviewGenerated;
import dev.sendstatus.pages.dashboard.JtequarantineGenerated;
import dev.sendstatus.pages.dashboard.JtequarantinedGenerated;
import dev.sendstatus.pages.dashboard.JterelayGenerated;
import dev.sendstatus.pages.dashboard.JtereportGenerated;
import dev.sendstatus.pages.dashboard.JtereportsGenerated;
import dev.sendstatus.pages.dashboard.JtestatisticsGenerated;
import dev.sendstatus.pages.dashboard.JtestuckGenerated;
import dev.sendstatus.report.ReportFormat;
import io.javalin.config.JavalinConfig;
import java.util.List;
import java.util.function.Consumer;

/** The paths of the dashboard: {@code /}, and all below {@code /ui/}. */
public final class Dashboard implements Consumer<JavalinConfig>, AutoCloseable {
    private final Api api;
    private final Counts counts;

    /** @param api is asked by the pages, as by the API itself */
    public Dashboard(Api api) {
        this.api = api;
        this.counts = new Counts(api);
    }

    /** Begins to count nothing more. */
    @Override
    public void close() {
        counts.close();
    }

    @Override
    public void accept(JavalinConfig config) {
        Site site = new Site(config, api);
        site.page("/", JteoverviewGenerated::render, (a, visit) -> OverviewPage.of(a, visit, counts));
        site.page(MessagesPage.PATH, JtemessagesGenerated::render, MessagesPage::of);
        site.page(MessagesPage.PATH + "/newer", JtenewerGenerated::render, NewerPage::of);
        site.page(MessagesPage.PATH + "/{id}", JtemessageGenerated::render, OneMessagePage::of);
        site.document(MessagesPage.PATH + "/{id}/json", OneMessagePage::json);
        site.page(
                StatisticsPage.PATH, JtestatisticsGenerated::render, (a, visit) -> StatisticsPage.of(a, visit, counts));
        site.document(StatisticsPage.PATH + "/json", (a, visit) -> StatisticsPage.json(a, visit, counts));
        site.page(ErrorsPage.PATH, JteerrorsGenerated::render, ErrorsPage::of);
        site.page(ErrorsPage.PATH + "/{provider}/{code}", JteerrorGenerated::render, ErrorPage::of);
        site.page(StuckPage.PATH, JtestuckGenerated::render, (a, visit) -> StuckPage.of(a, visit, counts));
        site.page(ReportsPage.PATH, JtereportsGenerated::render, ReportsPage::of);
        site.page(ReportsPage.PATH + "/{date}", JtereportGenerated::render, KeptReportPage::of);
        for (ReportFormat format : List.of(ReportFormat.CSV, ReportFormat.JSON)) {
            site.download(
                    StuckPage.PATH + "/" + format.word(),
                    (a, visit) -> Site.Download.of("stuck", a.reports().asOfNow(visit.now()), format));
            site.download(
                    ReportsPage.PATH + "/{date}/" + format.word(),
                    (a, visit) -> KeptReportPage.download(a, visit, format));
        }
        site.page(AccountsPage.PATH, JteaccountsGenerated::render, AccountsPage::of);
        site.page(QuarantinePage.PATH, JtequarantineGenerated::render, QuarantinePage::of);
        site.pageToWriters(QuarantinePage.PATH + "/{number}", JtequarantinedGenerated::render, QuarantinedPage::of);
        site.deed(QuarantinePage.PATH + "/{number}/replay", QuarantinedPage::replay);
        site.page(RelayPage.PATH, JterelayGenerated::render, RelayPage::of);
        String endpoint = RelayPage.PATH + "/{name}";
        site.page(endpoint, JteendpointGenerated::render, EndpointPage::of);
        site.deed(endpoint + "/deliveries/{sequence}/retry", EndpointDeeds::retry);
        site.deed(endpoint + "/retry-failed", EndpointDeeds::retryFailed);
        site.deed(endpoint + "/recover", EndpointDeeds::recover);
        site.deed(endpoint + "/pause", EndpointDeeds::pause);
        site.deed(endpoint + "/resume", EndpointDeeds::resume);
        site.deed(endpoint + "/test", EndpointDeeds::test);
        site.page(LivePage.PATH, JteliveGenerated::render, LivePage::of);
        site.page(LatestChanges.PATH, JtechangesGenerated::render, LatestChanges::of);
        site.page(AlertsPage.PATH, JtealertsGenerated::render, AlertsPage::of);
        site.page(AlertsPage.PATH + "/{id}", JtealertGenerated::render, OneAlertPage::of);
        site.deed(AlertsPage.PATH + "/{id}/silence", OneAlertPage::silence);
        site.deed(AlertsPage.CHANNELS + "/{name}/test", AlertsPage::test);
        site.redirect("/ui/search", Search::where);
        // Last: the paths above go first.
        site.redirect("/ui/*", Dashboard::nothing);
    }

    private static String nothing(Api api, Visit visit) throws Unanswerable {
        throw new NotFound("There is no page at this address.");
    }
}
