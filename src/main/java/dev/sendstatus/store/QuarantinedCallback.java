package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import java.time.Instant;

/**
 * That a callback, or a part of it, was not understood when it came.
 *
 * @param number its place in the log
 * @param account whose callback it is
 * @param receivedAt when it came, to the millisecond
 * @param reason why it was not understood; never a message text
 */
public record QuarantinedCallback(long number, AccountName account, Instant receivedAt, String reason) {}
