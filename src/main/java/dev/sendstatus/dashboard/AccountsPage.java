package dev.sendstatus.dashboard;

import dev.sendstatus.api.Api;
import dev.sendstatus.dashboard.Badge.Kind;
import dev.sendstatus.query.WebhookList;
import dev.sendstatus.query.WebhookTraffic;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.text.Figures;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Each account with the URL to enter at its provider and the callbacks that came there, as {@code GET /v1/webhooks} has it. */
public record AccountsPage(List<OneAccount> accounts) {
    static final String PATH = "/ui/accounts";

    private static final int DAY_HOURS = 24;
    private static final int HOUR_SECONDS = 3_600;

    /**
     * An account.
     *
     * @param id of the element
     * @param url as it is entered at the provider
     * @param steps where it is entered there
     * @param refused by reason
     */
    public record OneAccount(
            String id,
            String name,
            List<Badge> badges,
            String url,
            List<String> steps,
            List<Fact> facts,
            Grid refused) {}

    static AccountsPage of(Api api, Visit visit) throws StoreException {
        Instant now = visit.now();
        WebhookTraffic traffic = WebhookTraffic.of(api.reads(), now);
        List<OneAccount> accounts = new ArrayList<>();
        for (WebhookList.Webhook webhook : api.webhookList().webhooks(traffic)) {
            accounts.add(account("account-" + accounts.size(), webhook, traffic.history(webhook.account()), now));
        }
        return new AccountsPage(accounts);
    }

    private static OneAccount account(String id, WebhookList.Webhook webhook, Silence.History history, Instant now) {
        List<Badge> badges = new ArrayList<>(List.of(badge(webhook.silence())));
        if (!webhook.verify()) {
            badges.add(new Badge("signatures are not checked", Kind.BAD));
        }
        AccountActivity seen = webhook.activity();
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.moment("Last callback", seen == null ? null : seen.lastCallbackAt(), now));
        Silence silence = webhook.silence();
        if (silence != null) {
            facts.add(Fact.text("Callbacks", rate(history, now)));
            facts.add(Fact.text(silence.silent() ? "Why silent" : "Why not silent", silence.text()));
        }
        if (seen != null && !seen.refused().isEmpty()) {
            facts.add(Fact.moment("Last refused", seen.lastRefusedAt(), now));
            facts.add(Fact.text("What would fit", seen.hint() == null ? "nothing can be told" : seen.hint()));
        }
        String name = silence == null
                ? webhook.account().provider().word() + ", account unknown"
                : webhook.account().toString();
        Map<String, Long> refused = seen == null ? Map.of() : new TreeMap<>(seen.refused());
        return new OneAccount(
                id,
                name,
                badges,
                webhook.url(),
                webhook.steps(),
                facts,
                new Columns<>(refused.entrySet(), now)
                        .text("Refused because", one -> reason(one.getKey()))
                        .number("Requests", Map.Entry::getValue)
                        .grid(id + "-refused", "Refused requests by reason"));
    }

    /** Callbacks are counted by the hour. */
    private static String rate(Silence.History history, Instant now) {
        long hour = Math.floorDiv(now.getEpochSecond(), HOUR_SECONDS);
        long day = 0;
        for (long one = hour - DAY_HOURS + 1; one <= hour; one++) {
            day += history.callbacks().getOrDefault(one, 0L);
        }
        Instant began = now.truncatedTo(ChronoUnit.HOURS);
        return Figures.number(history.callbacks().getOrDefault(hour, 0L)) + " since "
                + began.toString().substring("2026-11-30T".length(), "2026-11-30T12:00".length()) + " UTC, "
                + Figures.number(day) + " in this hour and the 23 before";
    }

    /** @param silence null where there is no such account, but a provider's refusals that belong to none */
    static Badge badge(@Nullable Silence silence) {
        if (silence == null) {
            return new Badge("no account", Kind.WARNING);
        }
        return switch (silence.basis()) {
            case NEVER_HEARD -> new Badge("never heard", Kind.PLAIN);
            case RECENT -> new Badge("heard", Kind.GOOD);
            case USUAL, NOTHING_TO_COMPARE -> new Badge("quiet", Kind.PLAIN);
            case UNUSUAL, SENDS_UNANSWERED -> new Badge("silent", Kind.BAD);
        };
    }

    /** Why a request was refused, by the word of the API. */
    static String reason(String word) {
        return switch (word) {
            case "missing" -> "no signature or password";
            case "wrong" -> "the signature or the password does not fit";
            case "stale" -> "the signature is of another time";
            case "foreign" -> "the signature is of another account";
            default -> word;
        };
    }

    /** How many requests were refused. */
    static long refused(@Nullable AccountActivity seen) {
        return seen == null
                ? 0
                : seen.refused().values().stream().mapToLong(Long::longValue).sum();
    }
}
