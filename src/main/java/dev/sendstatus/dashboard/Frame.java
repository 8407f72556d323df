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
 * @param waits whether the page is to be loaded again soon, since what it shows is being counted
 * @param said what a button did that was pressed just now; null if none was
 */
public record Frame(
        String title,
        String section,
        String url,
        boolean signedIn,
        boolean mayWrite,
        Moment asOf,
        boolean charts,
        boolean waits,
        @Nullable Said said) {

    /** An entry of the navigation. */
    public record Entry(String path, String word) {}

    private static final List<Entry> NAVIGATION = List.of(
            new Entry("/", "Overview"),
            new Entry("/ui/messages", "Messages"),
            new Entry("/ui/stuck", "Stuck"),
            new Entry("/ui/statistics", "Statistics"),
            new Entry("/ui/errors", "Errors"),
            new Entry(LivePage.PATH, "Live"),
            new Entry(AlertsPage.PATH, "Alerts"),
            new Entry(AccountsPage.PATH, "Accounts"),
            new Entry(QuarantinePage.PATH, "Quarantine"),
            new Entry(RelayPage.PATH, "Relay"));

    public List<Entry> navigation() {
        return NAVIGATION;
    }

    public String asset(String name) {
        return Asset.valueOf(name).url();
    }
}
