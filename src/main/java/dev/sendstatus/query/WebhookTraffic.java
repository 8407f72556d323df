package dev.sendstatus.query;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.state.Silence;
import dev.sendstatus.store.AccountActivity;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The callbacks that came for each account, and the judgement on accounts for which none come. */
public record WebhookTraffic(
        List<AccountActivity> activity,
        Map<AccountName, Silence.History> histories,
        Map<AccountName, Silence> silences) {
    /** The traffic while no server has made a database. */
    public static final WebhookTraffic NONE = new WebhookTraffic(List.of(), Map.of(), Map.of());

    private static final Silence.History NOTHING = new Silence.History(null, Map.of(), 0);
    private static final Silence NEVER_HEARD = new Silence(null, null, Silence.Basis.NEVER_HEARD, 0, 0);

    public WebhookTraffic {
        activity = List.copyOf(activity);
        histories = Map.copyOf(histories);
        silences = Map.copyOf(silences);
    }

    public static WebhookTraffic of(Reads reads, Instant now) throws StoreException {
        List<AccountActivity> activity = reads.activity();
        Map<AccountName, Silence.History> histories = new TreeMap<>();
        Map<AccountName, Silence> silences = new TreeMap<>();
        for (AccountActivity some : activity) {
            Silence.History history = reads.traffic(some.account(), now);
            histories.put(some.account(), history);
            silences.put(some.account(), Silence.judge(history, now));
        }
        return new WebhookTraffic(activity, histories, silences);
    }

    public Silence.History history(AccountName account) {
        return histories.getOrDefault(account, NOTHING);
    }

    Silence silence(AccountName account) {
        return silences.getOrDefault(account, NEVER_HEARD);
    }
}
