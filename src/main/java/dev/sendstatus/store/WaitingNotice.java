package dev.sendstatus.store;

import org.jspecify.annotations.Nullable;

/**
 * A notice that one channel has not told yet.
 *
 * @param message the id of the message that tells it, maybe with others; null until it is sent for the first time
 * @param attempts how often that was tried
 */
public record WaitingNotice(Notice notice, @Nullable String message, int attempts) {}
