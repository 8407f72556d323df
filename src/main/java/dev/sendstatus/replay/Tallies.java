package dev.sendstatus.replay;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.store.jdbc.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the callbacks of a replay by their outcome, by account and for the metrics. One thread. */
final class Tallies {
    private final MeterRegistry meters;
    private final Map<AccountName, AccountTally> accounts = new TreeMap<>();
    private long damaged;

    Tallies(MeterRegistry meters) {
        this.meters = meters;
    }

    void add(Store.Applied replayed) {
        AccountName account = replayed.read().account();
        boolean understood = replayed.read().quarantine() == null;
        String result = !understood ? "not_understood" : replayed.added() > 0 ? "changed" : "unchanged";
        Counter.builder("sendstatus.replayed")
                .description("Stored callbacks that were read again, by what they said")
                .tag("provider", account.provider().word())
                .tag("result", result)
                .register(meters)
                .increment();
        accounts.put(
                account,
                accounts.getOrDefault(account, AccountTally.none(account)).plus(replayed));
    }

    void addDamaged(long callbacks) {
        damaged += callbacks;
    }

    ReplayResult result() {
        return new ReplayResult(List.copyOf(accounts.values()), damaged);
    }
}
