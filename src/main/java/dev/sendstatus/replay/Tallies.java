package dev.sendstatus.replay;

import dev.sendstatus.event.AccountName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what a replay does, by account and for the metrics. One thread. */
final class Tallies {
    private final MeterRegistry meters;
    private final Map<AccountName, AccountTally> accounts = new TreeMap<>();
    private @Nullable AccountTally nobody;
    private long damaged;

    Tallies(MeterRegistry meters) {
        this.meters = meters;
    }

    void add(Replayed replayed, boolean quarantined) {
        AccountName account = replayed.account();
        count(account, replayed);
        if (account == null) {
            nobody = (nobody == null ? AccountTally.none(null) : nobody).plus(replayed, quarantined);
        } else {
            accounts.put(
                    account,
                    accounts.getOrDefault(account, AccountTally.none(account)).plus(replayed, quarantined));
        }
    }

    private void count(@Nullable AccountName account, Replayed replayed) {
        String result = !replayed.understood() ? "not_understood" : replayed.added() > 0 ? "changed" : "unchanged";
        Counter.builder("sendstatus.replayed")
                .description("Stored callbacks that were read again, by what they said")
                .tag(
                        "provider",
                        account == null ? "unknown" : account.provider().word())
                .tag("result", result)
                .register(meters)
                .increment();
    }

    void addDamaged() {
        damaged++;
    }

    ReplayResult result() {
        List<AccountTally> all = new ArrayList<>(accounts.values());
        if (nobody != null) {
            all.add(nobody);
        }
        return new ReplayResult(all, damaged);
    }
}
