package dev.sendstatus.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.state.StuckReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An account of which nothing at all had come: one cause for all its stuck messages, said once.
 *
 * @param since when its last callback came; null if none ever did
 * @param messages how many of the stuck ones it explains
 */
public record SilentAccount(
        @JsonUnwrapped @JsonProperty("unwrapped") AccountName account,
        @JsonSetter(nulls = Nulls.SET) @Nullable Instant since,
        long messages) {

    /** An account that was heard of since then is left out: for a report made late, when the silence began is not known any more. */
    static List<SilentAccount> of(List<StuckItem> stuck, Map<AccountName, Instant> lastCallbacks, Instant asOf) {
        Map<AccountName, Long> counts = new TreeMap<>();
        for (StuckItem item : stuck) {
            if (item.reason() == StuckReason.PROVIDER_SILENT) {
                counts.merge(item.account(), 1L, Long::sum);
            }
        }
        List<SilentAccount> silent = new ArrayList<>();
        counts.forEach((account, messages) -> {
            Instant last = lastCallbacks.get(account);
            if (last == null || last.isBefore(asOf)) {
                silent.add(new SilentAccount(account, last, messages));
            }
        });
        return List.copyOf(silent);
    }
}
