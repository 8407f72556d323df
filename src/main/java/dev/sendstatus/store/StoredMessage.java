package dev.sendstatus.store;

import dev.sendstatus.state.MessageHistory;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is stored.
 *
 * @param history at least one event
 * @param flag that it was found stuck; null if it never was. An ended flag stays.
 */
public record StoredMessage(
        MessageHistory history, @Nullable StuckFlag flag) {}
