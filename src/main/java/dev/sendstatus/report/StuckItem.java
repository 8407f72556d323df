package dev.sendstatus.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import dev.sendstatus.event.AccountName;
import dev.sendstatus.event.MessageKey;
import dev.sendstatus.state.StuckReason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits for its end, or that was given up.
 *
 * @param from the sender; null if unknown
 * @param to the recipients still waited for; empty if none was ever named
 * @param ageSeconds how long it had been waiting as of the report
 * @param providerStatus the provider's own last word
 */
public record StuckItem(
        @JsonUnwrapped @JsonProperty("unwrapped") AccountName account,
        String id,
        @JsonSetter(nulls = Nulls.SET) @Nullable String from,
        List<String> to,
        Instant waitingSince,
        long ageSeconds,
        String providerStatus,
        StuckReason reason) {

    static final Comparator<StuckItem> OLDEST_FIRST = Comparator.comparing(StuckItem::waitingSince)
            .thenComparing(StuckItem::account)
            .thenComparing(StuckItem::message);

    public StuckItem {
        to = List.copyOf(to);
    }

    public MessageKey message() {
        return new MessageKey(account.provider(), id);
    }
}
