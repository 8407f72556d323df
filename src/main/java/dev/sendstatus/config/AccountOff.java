package dev.sendstatus.config;

import dev.sendstatus.event.AccountName;

/**
 * One account that is named in the file but has nothing to verify callbacks with, so it is off.
 *
 * @param remedy one line: how to switch it on, by the variables that the file takes its keys from, or by the keys where it names no variable.
 *     Only those that the provider needs are named.
 */
public record AccountOff(AccountName name, String remedy) {}
