package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks that came for one account.
 *
 * @param lastCallbackAt when the last authentic callback came, to about a second; null if none ever did
 * @param refused how many requests were refused, by reason
 * @param lastRefusedAt null if none was
 * @param hint what would have made a refused request fit; null if none was refused or nothing could be told
 */
public record AccountActivity(
        AccountName account,
        @Nullable Instant lastCallbackAt,
        Map<String, Long> refused,
        @Nullable Instant lastRefusedAt,
        @Nullable String hint) {}
