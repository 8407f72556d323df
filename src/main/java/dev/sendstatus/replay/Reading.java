package dev.sendstatus.replay;

import dev.sendstatus.event.AccountName;
import dev.sendstatus.provider.Parsed;
import java.time.Instant;

/**
 * What a stored callback says today, and whose it is.
 *
 * @param receivedAt when it came; to the commit where nothing says it more exactly
 */
record Reading(AccountName account, Instant receivedAt, Parsed parsed) {}
