package dev.sendstatus.store;

import dev.sendstatus.state.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is stored.
 *
 * @param flag that it was found stuck; null if it never was. An ended flag stays.
 */
public record StoredMessage(MessageState state, @Nullable StuckFlag flag) {}
