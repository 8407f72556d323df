package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import java.time.Instant;

/**
 * The quarantined callbacks of an account.
 *
 * @param since when the oldest of these callbacks came
 * @param reason of one of them
 */
public record QuarantinedOfAccount(AccountName account, long callbacks, Instant since, String reason) {}
