package dev.sendstatus.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frame around each page.
 *
 * @param url the page's own path and query
 * @param signedIn false on the page that asks for a token
 * @param mayWrite whether buttons that change something are shown
 * @param asOf when it was made
 * @param said the result of the button that was pressed just now; null if none was
 */
public record Frame(
        String url,
        boolean signedIn,
        boolean mayWrite,
        Moment asOf,
        @Nullable Said said) {
    private static final List<Way> NAVIGATION = List.of(
            Way.to("Overview", "/"),
            Way.to("Messages", MessagesPage.PATH),
            Way.to("Stuck", StuckPage.PATH),
            Way.to("Statistics", StatisticsPage.PATH),
            Way.to("Errors", ErrorsPage.PATH),
            Way.to("Live", LivePage.PATH),
            Way.to("Alerts", AlertsPage.PATH),
            Way.to("Accounts", AccountsPage.PATH),
            Way.to("Quarantine", QuarantinePage.PATH),
            Way.to("Relay", RelayPage.PATH));

    public List<Way> navigation() {
        return NAVIGATION;
    }

    public String asset(String name) {
        return Asset.valueOf(name).url();
    }
}
