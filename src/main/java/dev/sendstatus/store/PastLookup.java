package dev.sendstatus.store;

import dev.sendstatus.event.MessageKey;
import java.time.Instant;

/**
 * That a provider was asked about a message.
 *
 * @param at when it answered, the last time
 * @param again false if it has no such message and so need not be asked once more
 */
public record PastLookup(MessageKey message, Instant at, boolean again) {}
