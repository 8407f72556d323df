package dev.sendstatus.store;

import dev.sendstatus.state.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * An outbound message whose end may still be reported.
 *
 * @param flag that it was found stuck; null if it has not been
 */
public record OpenMessage(MessageState state, @Nullable StuckFlag flag) {}
