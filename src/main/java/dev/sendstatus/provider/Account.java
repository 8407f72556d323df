package dev.sendstatus.provider;

import dev.sendstatus.event.AccountName;

/**
 * One configured account with its secrets, decoded once at the start.
 *
 * @param verify false only where the operator switched verification off for this account
 * @param keys what the provider's adapter made of the account's settings
 */
public record Account<K>(AccountName name, boolean verify, K keys) {}
