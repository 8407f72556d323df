package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import java.time.Instant;

/**
 * A callback whose sender was proven.
 *
 * @param account whose callback it is
 * @param receivedAt when it came, to the millisecond
 */
public record AcceptedCallback(AccountName account, Instant receivedAt, RawCallback raw) {}
