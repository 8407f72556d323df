package dev.sendstatus.store;

import dev.sendstatus.event.Provider;
import java.time.Instant;

/**
 * How often a code came.
 *
 * @param count events with it, repeats included
 * @param lastAt when the last of them arrived
 */
public record SeenErrorCode(Provider provider, String code, long count, Instant lastAt) {}
