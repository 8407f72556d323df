package dev.sendstatus.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.dashboard.Recent.Counted;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.query.WebhookList;
import dev.sendstatus.query.WebhookTraffic;
import dev.sendstatus.query.WrongParameter;
import dev.sendstatus.store.Alert;
import dev.sendstatus.store.MessageFilter;
import dev.sendstatus.store.OutcomeCounts;
import dev.sendstatus.store.OutcomeKey;
import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.Severity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The figures that need attention, today against the usual day, and the health of each account.
 *
 * @param firstStart what to do next; null once anything came
 * @param today what became of today's messages; empty while they are counted for the first time
 */
public record OverviewPage(
        @Nullable Empty firstStart,
        String headline,
        List<Figure> needs,
        String callbacks,
        List<Figure> today,
        Freshness freshness,
        Grid accounts) {

    private static final StatisticsAnswer.Asked TODAY = new StatisticsAnswer.Asked("today", null, "account");
    private static final Duration USUAL = Duration.ofDays(28);
    private static final int MOST_COUNTED = 500;
    private static final Duration LATE = Duration.ofSeconds(5);

    static OverviewPage of(Api api, Visit visit, Counts counts) throws StoreException, WrongParameter {
        Instant now = visit.now();
        Counted<StatisticsAnswer> count = counts.statistics(TODAY, now);
        Counted<Integer> stuck = counts.stuck(now);
        StatisticsAnswer today = count == null ? null : count.value();
        WebhookTraffic traffic = WebhookTraffic.of(api.reads(), now);
        DayTraffic day = new DayTraffic(now);
        traffic.histories().values().forEach(day::add);
        List<WebhookList.Webhook> webhooks = api.webhookList().webhooks(traffic);
        List<Figure> needs = needs(api, stuck, webhooks, now);
        long urgent = needs.stream()
                .filter(figure -> figure.kind() == Kind.BAD || figure.kind() == Kind.WARNING)
                .count();
        return new OverviewPage(
                firstStart(api, webhooks),
                urgent == 0 ? "Nothing needs you now" : "What needs you now",
                needs,
                day.text(),
                today == null ? List.of() : StatisticsFigures.few(today.more()),
                Freshness.of(count, now).and(stuck == null || stuck.again()),
                accounts(api, webhooks, today, now));
    }

    private static @Nullable Empty firstStart(Api api, List<WebhookList.Webhook> webhooks) throws StoreException {
        boolean heard = webhooks.stream()
                .map(WebhookList.Webhook::activity)
                .anyMatch(seen -> seen != null && seen.lastCallbackAt() != null);
        // That a callback came is noted a second later.
        if (heard || !api.reads().page(MessageFilter.ALL, null, 1).messages().isEmpty()) {
            return null;
        }
        return webhooks.isEmpty()
                ? new Empty(
                        "No provider is switched on yet, so nothing gets in. With these lines the server takes"
                                + " Bandwidth's callbacks, and some made-up ones come; this page shows them when they are"
                                + " there.",
                        List.of(
                                "export BANDWIDTH_CALLBACK_USERNAME=first BANDWIDTH_CALLBACK_PASSWORD=$(od -An -N16"
                                        + " -tx1 /dev/urandom | tr -d \" \\n"
                                        + "\")",
                                "scripts/sendstatus serve --background",
                                "scripts/sendstatus simulate --provider bandwidth --messages 200 --register"))
                : new Empty(
                        "Nothing came yet. Give each provider the URL of its account; this page shows the first"
                                + " callback when it is there.",
                        List.of("scripts/sendstatus webhooks list"));
    }

    private static List<Figure> needs(
            Api api, @Nullable Counted<Integer> counted, List<WebhookList.Webhook> webhooks, Instant now)
            throws StoreException {
        List<Figure> needs = new ArrayList<>();
        needs.add(alerts(api, now));
        if (counted != null) {
            int stuck = counted.value();
            needs.add(new Figure(
                    stuck > Counts.STUCK_COUNTED ? "more than " + Counts.STUCK_COUNTED : orNothing(stuck),
                    "stuck",
                    "",
                    StuckTables.ALL,
                    stuck == 0 ? Kind.GOOD : Kind.WARNING));
        }
        long quarantine = api.reads().callbacks().quarantineSize();
        needs.add(need(quarantine, "in quarantine", QuarantinePage.PATH, Kind.WARNING));
        long silent = webhooks.stream()
                .map(WebhookList.Webhook::silence)
                .filter(silence -> silence != null && silence.silent())
                .count();
        needs.add(need(silent, silent == 1 ? "silent account" : "silent accounts", AccountsPage.PATH, Kind.BAD));
        if (!api.relay().endpoints().isEmpty()) {
            needs.add(relay(api));
        }
        needs.add(lag(api.reads().callbacks().waitingSince(), now));
        return needs;
    }

    /** Those that fire and that nobody has silenced. */
    private static Figure alerts(Api api, Instant now) throws StoreException {
        List<Alert> firing = api.reads().alerts().open().stream()
                .filter(alert -> alert.state() == Alert.State.FIRING)
                .toList();
        List<Alert> told = firing.stream().filter(alert -> !alert.silenced(now)).toList();
        int silenced = firing.size() - told.size();
        boolean bad = told.stream().anyMatch(alert -> alert.severity() == Severity.CRITICAL);
        boolean warning = told.stream().anyMatch(alert -> alert.severity() == Severity.WARNING);
        return new Figure(
                orNothing(told.size()),
                "firing",
                silenced == 0 ? "" : Figures.number(silenced) + " more silenced",
                AlertsPage.PATH + "?state=firing",
                bad ? Kind.BAD : warning ? Kind.WARNING : Kind.GOOD);
    }

    private static Figure relay(Api api) throws StoreException {
        int troubled = 0;
        int failed = 0;
        for (RelayEndpoint endpoint : api.reads().relay().endpoints()) {
            boolean configured =
                    api.relay().endpoints().stream().anyMatch(one -> one.name().equals(endpoint.name()));
            if (configured) {
                troubled += endpoint.state() == RelayEndpoint.State.ACTIVE ? 0 : 1;
                failed += api.reads()
                        .relay()
                        .deliveries(endpoint.name(), RelayDelivery.State.FAILED, Long.MAX_VALUE, MOST_COUNTED)
                        .size();
            }
        }
        if (troubled > 0) {
            return new Figure(
                    Figures.number(troubled),
                    troubled == 1 ? "endpoint takes no push" : "endpoints take no push",
                    failed == 0 ? "" : Figures.number(failed) + " failed for good",
                    RelayPage.PATH,
                    Kind.WARNING);
        }
        return need(failed, failed == 1 ? "failed push" : "failed pushes", RelayPage.PATH, Kind.WARNING);
    }

    /** How long the oldest callback waits that is stored and not yet seen in states. */
    private static Figure lag(@Nullable Instant waitingSince, Instant now) {
        Duration lag = waitingSince == null ? Duration.ZERO : Duration.between(waitingSince, now);
        boolean late = lag.compareTo(LATE) > 0;
        return new Figure(
                late ? Figures.duration(lag.toSeconds()) : "nothing",
                late ? "behind what came in" : "waits to be applied",
                "",
                null,
                late ? Kind.WARNING : Kind.GOOD);
    }

    /** @param kind how it looks if there are any */
    private static Figure need(long count, String label, String href, Kind kind) {
        return new Figure(orNothing(count), label, "", href, count == 0 ? Kind.GOOD : kind);
    }

    private static String orNothing(long count) {
        return count == 0 ? "nothing" : Figures.number(count);
    }

    private static Grid accounts(
            Api api, List<WebhookList.Webhook> webhooks, @Nullable StatisticsAnswer today, Instant now)
            throws StoreException {
        CountedList lists = today == null ? null : new CountedList(today.more());
        Function<WebhookList.Webhook, JsonNode> group =
                one -> today == null ? MissingNode.getInstance() : today.of(one.account());
        return new Columns<>(webhooks, now)
                .link(
                        "Account",
                        one -> one.account().toString(),
                        one -> Place.of(MessagesPage.PATH)
                                .with("provider", one.account().provider().word())
                                .with("account", one.account().name())
                                .url())
                .badges("State", one -> List.of(AccountsPage.badge(one.silence())))
                .moment(
                        "Last callback",
                        one -> one.activity() == null ? null : one.activity().lastCallbackAt())
                .add(
                        Grid.Column.number("Messages today"),
                        one -> lists == null || group.apply(one).isMissingNode()
                                ? Grid.Cell.text("–")
                                : Grid.Cell.number(
                                        group.apply(one).path("messages").asLong(), lists.group(group.apply(one))))
                .figure(
                        "Delivered",
                        one -> StatisticsAnswer.rate(group.apply(one).path("delivery_rate")))
                .add(
                        Grid.Column.number("Failed"),
                        one -> Grid.Cell.text(
                                StatisticsAnswer.rate(group.apply(one).path("error_rate"))
                                        + usuallyFailed(api, one.account(), now)))
                .figure(
                        "95 % final within",
                        one -> StatisticsAnswer.latency(
                                group.apply(one).path("latency_ms").path("p95")))
                .add(
                        Grid.Column.number("Refused"),
                        one -> Grid.Cell.number(AccountsPage.refused(one.activity()), AccountsPage.PATH))
                .grid("account-table", "Accounts");
    }

    /** As the alerts count it: among the messages of the last 28 days, today's left out, that had settled. Empty where there are none. */
    private static String usuallyFailed(Api api, AccountName account, Instant now) throws StoreException {
        OutcomeCounts usual = api
                .reads()
                .outcomes()
                .series(OutcomeKey.of(account), now.minus(USUAL), now.truncatedTo(ChronoUnit.DAYS), now)
                .days()
                .stream()
                .reduce(OutcomeCounts.NONE, OutcomeCounts::plus);
        long failed = usual.failed() + usual.spamFilter() + usual.optOut();
        return usual.messages() == 0
                ? ""
                : ", usually "
                        + Figures.percent(BigDecimal.valueOf(failed)
                                .divide(BigDecimal.valueOf(usual.messages()), 4, RoundingMode.HALF_EVEN));
    }
}
