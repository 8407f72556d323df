package dev.sendstatus.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pages that every check of pages is made of, on a {@link DashboardServer#filled} server. */
final class PagePaths {
    private static final List<String> PLAIN = List.of(
            "/",
            "/ui/messages",
            "/ui/messages?status=ERROR&since=24h",
            "/ui/messages?stuck=true",
            "/ui/messages?reference=nobody",
            "/ui/messages/first-1",
            "/ui/messages/failed-1?provider=bandwidth",
            "/ui/messages/a%2Fb%25c%20d",
            "/ui/messages/waits",
            "/ui/accounts",
            "/ui/quarantine",
            "/ui/quarantine/5");

    private PagePaths() {}

    /** All that answer with 200. */
    static List<String> all() {
        List<String> all = new ArrayList<>(PLAIN);
        for (String text : DashboardServer.HOSTILE) {
            all.add("/ui/messages/" + Visit.encoded(text));
            for (String filter : List.of("reference", "campaign", "tag", "to", "from", "error_code")) {
                all.add(Visit.url(MessagesPage.PATH, Map.of(filter, List.of(text))));
            }
        }
        return all;
    }

    /** One of each kind, for what takes long. */
    static List<String> some() {
        List<String> some = new ArrayList<>(PLAIN);
        for (String text : DashboardServer.HOSTILE) {
            some.add("/ui/messages/" + Visit.encoded(text));
        }
        return some;
    }
}
