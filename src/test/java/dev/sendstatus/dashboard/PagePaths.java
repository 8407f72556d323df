package dev.sendstatus.dashboard;

import dev.sendstatus.store.StatisticsDimension;
import java.util.ArrayList;
import java.util.List;

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
            "/ui/statistics",
            "/ui/statistics?since=28d&by=carrier&sort=charged_failures",
            "/ui/errors",
            "/ui/errors?unseen=true&sort=last_seen",
            "/ui/errors/bandwidth/4770",
            "/ui/errors/twilio/30007",
            "/ui/errors/bandwidth/nobody",
            "/ui/stuck",
            "/ui/reports",
            "/ui/accounts",
            "/ui/quarantine",
            "/ui/quarantine/5",
            "/ui/relay",
            "/ui/relay/default",
            "/ui/relay/default?state=failed",
            "/ui/live",
            "/ui/live?status=ERROR&provider=bandwidth",
            "/ui/alerts",
            "/ui/alerts/1",
            "/ui/alerts?state=resolved");

    /** What answers with 400. */
    static final List<String> REFUSED = List.of(
            "/ui/statistics?by=" + Place.encoded(DashboardServer.HOSTILE.get(0)),
            "/ui/errors?provider=" + Place.encoded(DashboardServer.HOSTILE.get(0)),
            "/ui/reports/" + Place.encoded(DashboardServer.HOSTILE.get(1)),
            "/ui/messages?status=LOST",
            "/ui/messages?status=" + Place.encoded(DashboardServer.HOSTILE.get(0)),
            "/ui/messages?" + Place.encoded(DashboardServer.HOSTILE.get(0)) + "=1",
            "/ui/messages?cursor=" + Place.encoded(DashboardServer.HOSTILE.get(5)),
            "/ui/quarantine?cursor=nonsense",
            "/ui/relay/default?state=lost",
            "/ui/relay/default?cursor=nonsense",
            "/ui/live?stuck=true",
            "/ui/live/newer?after=x",
            "/ui/alerts?state=asleep");

    private PagePaths() {}

    /** All that answer with 200. */
    static List<String> all() {
        List<String> all = new ArrayList<>(some());
        for (StatisticsDimension by : StatisticsDimension.values()) {
            all.add(StatisticsPage.PATH + "?since=24h&by=" + by.word());
        }
        for (String text : DashboardServer.HOSTILE) {
            all.add("/ui/errors/bandwidth/" + Place.encoded(text));
            for (String filter : List.of("reference", "campaign", "tag", "error_code")) {
                all.add(Place.of(MessagesPage.PATH).with(filter, text).url());
            }
        }
        return all;
    }

    /** One of each kind, for what takes long. */
    static List<String> some() {
        List<String> some = new ArrayList<>(PLAIN);
        // An id with control characters is none: its callback lies in quarantine.
        DashboardServer.HOSTILE.stream()
                .filter(text -> text.chars().noneMatch(Character::isISOControl))
                .map(text -> "/ui/messages/" + Place.encoded(text))
                .forEach(some::add);
        return some;
    }
}
