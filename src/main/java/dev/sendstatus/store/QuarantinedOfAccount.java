package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import java.time.Instant;

/**
 * What of an account is in quarantine.
 *
 * @param since when the oldest of these callbacks came
 * @param reason of one of them
 */
public record QuarantinedOfAccount(AccountName account, long callbacks, Instant since, String reason) {}
