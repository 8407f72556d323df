package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A callback as it is kept.
 *
 * @param number its place in the log
 * @param quarantineReason why it, or a part of it, was not understood; null if all was
 */
public record StoredCallback(
        long number,
        AccountName account,
        Instant receivedAt,
        RawCallback raw,
        @Nullable String quarantineReason) {}
