package dev.sendstatus.store;

import dev.sendstatus.event.AccountName;
import java.time.Instant;

/**
 * That a provider does not accept the credentials that we call its API with.
 *
 * @param answer what it says, without a secret
 */
public record ApiRefusal(AccountName account, Instant since, String answer) {}
